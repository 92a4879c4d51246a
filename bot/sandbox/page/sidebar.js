// The side bar: who you are playing, and the conversations that person can see.

import { avatar } from "./avatar.js";
import { fill, h } from "./dom.js";
import { keepFocus } from "./focus.js";
import { icon } from "./icons.js";
import { slug } from "./place.js";

const MOST_SHOWN = 99;

export function mountSidebar(root, store, session, drawer) {
  const draw = () => {
    const { workspace, persona, conversations } = store.state;
    if (!workspace || !persona) return;
    const mine = conversations[persona] ?? [];
    const dms = mine.filter((one) => one.kind === "dm");
    const channels = mine.filter((one) => one.kind !== "dm");
    keepFocus(root, () => fill(
      root,
      group("You are", workspace.personas.map((one, at) => personaRow(one, at, store, session))),
      group("App", dms.map((one) => conversationRow(one, store, session, drawer))),
      group("Channels", channels.map((one) => conversationRow(one, store, session, drawer))),
    ));
  };
  store.subscribe(["workspace", "persona", "conversations", "channel"], draw);
  root.addEventListener("keydown", (event) => walk(event, root));
  document.addEventListener("keydown", (event) => {
    const chosen = event.altKey && /^Digit[1-9]$/.test(event.code) && store.state.workspace?.personas[Number(event.code.slice(5)) - 1];
    if (!chosen || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    session.become(chosen.id);
  });
}

/** What waits for a persona: {personal: unread that is about them, other: unread that is not}. */
export function waiting(conversations) {
  const sum = (list) => list.reduce((total, one) => total + one.unread, 0);
  const personal = conversations.filter((one) => one.kind === "dm" || one.mention);
  return { personal: sum(personal), other: sum(conversations) - sum(personal) };
}

function group(name, rows) {
  if (!rows.length) return null;
  return h("section", { class: "side-group" }, h("h2", null, name), h("ul", null, rows.map((row) => h("li", null, row))));
}

function personaRow(persona, at, store, session) {
  const current = persona.id === store.state.persona;
  const { personal, other } = waiting(store.state.conversations[persona.id] ?? []);
  const keys = at < 9 ? `Alt+${at + 1}` : null;
  return h(
    "button",
    {
      class: "side-row persona", type: "button", "data-testid": `persona-${persona.handle}`, "data-unread": personal + other,
      "aria-current": current ? "true" : null, "aria-keyshortcuts": keys, title: [persona.name, persona.title, keys].filter(Boolean).join(" · "),
      onclick: () => session.become(persona.id),
    },
    avatar(persona),
    h("span", { class: "side-text" }, h("span", { class: "side-name" }, persona.name), h("span", { class: "detail" }, persona.title)),
    badge(personal) ?? (other ? dot() : null),
  );
}

function conversationRow(one, store, session, drawer) {
  const current = one.id === store.state.channel;
  const personal = one.kind === "dm" || one.mention ? one.unread : 0;
  const { app } = store.state.workspace;
  const mark = {
    dm: () => avatar({ name: app.name }, { app: true }),
    private: () => icon("lock"),
    channel: () => h("span", { class: "hash", "aria-hidden": "true" }, "#"),
  }[one.kind]();
  return h(
    "button",
    {
      class: `side-row conversation${one.unread ? " unread" : ""}`, type: "button", "data-testid": `conversation-${slug(one)}`,
      "data-unread": one.unread, "aria-current": current ? "page" : null,
      onclick: () => {
        drawer.close();
        session.open(one.id);
      },
    },
    mark,
    h("span", { class: "side-text" }, h("span", { class: "side-name" }, one.kind === "dm" ? app.name : one.name)),
    badge(personal) ?? (one.unread ? dot() : null),
  );
}

function badge(count) {
  if (!count) return null;
  const text = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  return h("span", { class: "badge" }, text, h("span", { class: "visually-hidden" }, " unread"));
}

function dot() {
  return h("span", { class: "dot" }, h("span", { class: "visually-hidden" }, "unread messages"));
}

// Arrow keys walk the rows; Tab still visits each of them.
function walk(event, root) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const rows = [...root.querySelectorAll(".side-row")];
  const at = rows.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  rows[(at + step + rows.length) % rows.length].focus();
}

// The top bar: the workspace, the next moment something is due, and whom one is playing.

import { avatar } from "./avatar.js";
import { now } from "./clock.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { countdown } from "./text/dates.js";
import { nearest, tick } from "./text/instant.js";
import { waiting } from "./sidebar.js";

const TICK_MS = 250;
const SOON_S = 60;

export function mountTopbar(root, store, drawer, watched) {
  const menu = h("button", { class: "plain-icon menu-button", type: "button", "aria-label": "People and conversations", "aria-expanded": "false",
    "aria-controls": "sidebar", "data-testid": "drawer-toggle" }, icon("menu"));
  const name = h("h1", { class: "team" });
  const next = h("p", { class: "next", role: "timer", "aria-live": "off", "data-testid": "next", hidden: true });
  const live = h("span", { class: "live", role: "status" });
  const me = h("span", { class: "me" });
  const help = h("button", { class: "plain-icon", type: "button", "aria-label": "How this works", title: "How this works", "data-testid": "help", hidden: true,
    onclick: () => store.set({ welcomed: false }) }, icon("help"));
  fill(root, menu, name, next, h("div", { class: "topbar-end" }, live, me, help));
  drawer.attach(menu);

  store.subscribe(["workspace"], ({ workspace }) => {
    fill(name, workspace.team.name, h("span", { class: "tag" }, "Sandbox"));
    help.hidden = !workspace.welcome;
  });
  store.subscribe(["live"], ({ live: status }) => {
    live.dataset.state = status;
    live.textContent = status === "live" ? "" : "Reconnecting…";
  });
  store.subscribe(["persona", "workspace"], ({ persona, workspace }) => {
    const found = workspace?.personas.find((one) => one.id === persona);
    fill(me, found && [avatar(found), h("span", { class: "me-name" }, found.name)]);
  });
  store.subscribe(["conversations", "persona", "channel"], (state) => {
    document.title = windowTitle(state);
    const elsewhere = Object.values(state.conversations).some((mine) => waiting(mine).personal);
    menu.classList.toggle("has-news", elsewhere);
  });
  setInterval(() => {
    watched.forEach(tick);
    paintNext(next, watched);
  }, TICK_MS);
}

function paintNext(node, watched) {
  const instants = watched.map(nearest).filter((epoch) => epoch !== null);
  node.hidden = instants.length === 0;
  if (node.hidden) return;
  const left = Math.min(...instants) - now();
  const text = countdown(left);
  if (node.dataset.shown === text) return;
  node.dataset.shown = text;
  node.dataset.state = left < SOON_S ? "soon" : "later";
  fill(node, icon("clock"), h("span", null, "Next: "), h("strong", null, text));
}

function windowTitle({ workspace, persona, conversations, channel }) {
  if (!workspace || !persona) return "Sandbox";
  const mine = conversations[persona] ?? [];
  const unread = waiting(mine).personal;
  const here = mine.find((one) => one.id === channel);
  const place = here && (here.kind === "dm" ? workspace.app.name : `#${here.name}`);
  const who = workspace.personas.find((one) => one.id === persona).name;
  return [unread ? `(${unread}) ${place ?? ""}` : place, who, workspace.team.name].filter(Boolean).join(" · ");
}

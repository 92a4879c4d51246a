// The middle of the page: the conversation's head, its messages or the app's Home, and the composer.

import { announce } from "./announce.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { keepFocus } from "./focus.js";
import { drawHome } from "./home.js";
import { icon } from "./icons.js";
import { MessageList } from "./message_list.js";
import { welcome } from "./welcome.js";

export function mountConversation(root, store, session) {
  const head = h("header", { class: "conversation-head" });
  const jump = h("button", { class: "jump", type: "button", "data-testid": "jump", hidden: true }, icon("down"), "New messages");
  const list = new MessageList({
    session,
    testId: "message-list",
    label: "Messages",
    onArrival: (arrived, seen) => {
      jump.hidden = seen;
      announce(arrived, session);
    },
  });
  const writer = composer({ session, label: "Message", testId: "composer", onSent: () => list.toEnd() });
  writer.node.hidden = true;
  const empty = h("p", { class: "empty", hidden: true });
  const home = h("section", { class: "home scroller", "data-testid": "home-view", "aria-label": "Home", hidden: true });
  const talk = h("section", { class: "talk", "aria-label": "Messages" }, list.scroller, empty, jump, writer.node);
  const intro = welcome(store);
  fill(root, intro, head, talk, home);

  jump.addEventListener("click", () => {
    list.toEnd();
    writer.input.focus();
  });
  list.scroller.addEventListener("scroll", () => {
    if (list.nearEnd()) jump.hidden = true;
  });

  const drawHead = () => {
    const { conversation } = session;
    writer.node.hidden = !session.persona; // nobody is there yet who could write
    if (!conversation) {
      fill(head);
      return;
    }
    writer.setLabel(conversation.kind === "dm" ? `Message ${session.state.workspace.app.name}` : `Message #${conversation.name}`);
    keepFocus(head, () => fill(head, title(conversation, session), conversation.kind === "dm" && tabs(store, session)));
  };
  const drawMessages = () => {
    const { messages, channel, persona } = store.state;
    if (messages) list.show(`${persona}/${channel}`, channel, messages);
    else list.list.replaceChildren();
    if (!messages) list.place = null;
    empty.hidden = !messages || messages.length > 0;
    empty.textContent = emptyText(session);
  };
  const drawTab = () => {
    const atHome = store.state.tab === "home";
    talk.hidden = atHome;
    home.hidden = !atHome;
    if (atHome) drawHome(home, store, session);
  };

  store.subscribe(["channel", "tab", "persona", "conversations"], drawHead);
  store.subscribe(["messages", "channel", "persona"], drawMessages);
  store.subscribe(["tab", "home", "persona", "channel"], drawTab);
}

function emptyText(session) {
  const { conversation } = session;
  if (!conversation) return "";
  return conversation.kind === "dm" ? "Nothing here yet. The app writes to this person here." : "Nothing here yet. Say hello, or type / to see commands.";
}

function title(conversation, session) {
  const { app } = session.state.workspace;
  const name = conversation.kind === "dm" ? app.name : conversation.name;
  const mark = { dm: null, private: icon("lock"), channel: h("span", { class: "hash", "aria-hidden": "true" }, "#") }[conversation.kind];
  const count = conversation.members?.length;
  const detail = conversation.kind === "dm" ? "App" : count && `${count} ${count === 1 ? "member" : "members"}`;
  return h(
    "div",
    { class: "conversation-title" },
    h("h2", null, mark, name),
    detail && h("span", { class: "detail" }, detail),
    conversation.archived && h("span", { class: "badge-app" }, "Archived"),
  );
}

function tabs(store, session) {
  const { tab, channel } = store.state;
  const one = (name, text, testId) =>
    h("button", {
      type: "button", role: "tab", class: "tab", "aria-selected": String(tab === name), tabindex: tab === name ? "0" : "-1",
      "data-testid": testId, onclick: () => session.open(channel, name),
    }, text);
  const node = h("div", { class: "tabs", role: "tablist", "aria-label": "App" }, one("home", "Home", "home-tab"), one("messages", "Messages", "messages-tab"));
  node.addEventListener("keydown", async (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    await session.open(channel, tab === "home" ? "messages" : "home");
    document.querySelector("[role=tab][aria-selected=true]")?.focus();
  });
  return node;
}

// The thread pane: the first message, its replies, and a place to reply.

import { announce } from "./announce.js";
import { composer } from "./composer.js";
import { fill, h } from "./dom.js";
import { rememberFocus } from "./focus.js";
import { icon } from "./icons.js";
import { MessageList } from "./message_list.js";

export function mountThread(root, store, session) {
  root.dataset.testid = "thread-pane";
  const list = new MessageList({
    session,
    testId: "thread-list",
    label: "Thread",
    inThread: true,
    onArrival: (arrived) => announce(arrived, session),
  });
  const writer = composer({
    session,
    label: "Reply",
    testId: "thread-composer",
    threadTs: () => store.state.threadTs,
    onSent: () => list.toEnd(),
  });
  const where = h("span", { class: "detail" });
  const close = h("button", { class: "plain-icon", type: "button", "aria-label": "Close thread", "data-testid": "thread-close" }, icon("close"));
  const head = h("header", { class: "conversation-head" }, h("div", { class: "conversation-title" }, h("h2", null, "Thread"), where), close);
  fill(root, head, list.scroller, writer.node);

  let giveFocusBack = () => {};
  close.addEventListener("click", () => session.closeThread());
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) session.closeThread();
  });

  store.subscribe(["threadTs"], ({ threadTs, channel, persona }) => {
    const opened = root.hidden && threadTs;
    const closed = !root.hidden && !threadTs;
    const held = root.contains(document.activeElement);
    if (opened) giveFocusBack = rememberFocus();
    root.hidden = !threadTs;
    document.getElementById("shell").classList.toggle("with-thread", Boolean(threadTs));
    if (opened) writer.input.focus();
    if (closed && held && persona && channel) giveFocusBack();
  });
  store.subscribe(["thread", "threadTs"], ({ thread, threadTs, channel, persona }) => {
    const { conversation } = session;
    where.textContent = conversation ? (conversation.kind === "dm" ? "with the app" : `#${conversation.name}`) : "";
    if (thread) list.show(`${persona}/${channel}/${threadTs}`, channel, thread);
    else list.show(null, channel, []);
  });
}

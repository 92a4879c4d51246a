// Puts the page together.

import { mountConversation } from "./conversation.js";
import { createDrawer } from "./drawer.js";
import { mountModal } from "./modal.js";
import { Session } from "./session.js";
import { mountSidebar } from "./sidebar.js";
import { createStore } from "./store.js";
import { mountThread } from "./thread.js";
import { toast } from "./toast.js";
import { mountTopbar } from "./topbar.js";
import { wasSeen } from "./welcome.js";

const store = createStore({
  workspace: null,
  persona: null, // user id of whom one is playing
  conversations: {}, // persona id -> the conversations they see
  channel: null, // id of the conversation on screen
  tab: "messages", // "messages" | "home"
  messages: null, // null = not there yet
  threadTs: null,
  thread: null,
  modal: null, // {view, errors, depth}
  home: null,
  live: "live", // "live" | "lost"
  welcomed: wasSeen(),
});

const part = (id) => document.getElementById(id);
const session = new Session(store);
const drawer = createDrawer(part("sidebar"));
mountTopbar(part("topbar"), store, drawer, [part("main"), part("thread")]);
mountSidebar(part("sidebar"), store, session, drawer);
mountConversation(part("main"), store, session);
mountThread(part("thread"), store, session);
mountModal(store, session);

document.addEventListener("click", (event) => {
  const mention = event.target.closest("a[data-channel]");
  if (!mention) return;
  event.preventDefault();
  session.open(mention.dataset.channel);
});

session.start().catch((error) => toast(error.message));

// A short panel for the first visit: what to try here. Whoever closed it is not shown it again.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { Directory } from "./directory.js";

const SEEN = "sandbox-welcome-seen";

/** The panel; it follows state.welcomed, which starts as what this browser remembers. */
export function welcome(store) {
  const node = h("section", { class: "welcome", "aria-labelledby": "welcome-title", "data-testid": "welcome", hidden: true });
  const close = () => {
    remember();
    store.set({ welcomed: true });
    document.querySelector("[data-testid=composer]")?.focus();
  };
  store.subscribe(["workspace", "welcomed"], ({ workspace, welcomed }) => {
    node.hidden = !workspace?.welcome || welcomed;
    if (!node.hidden) fill(node, content(workspace, close));
  });
  return node;
}

/** Was the panel closed in this browser before? */
export function wasSeen() {
  try {
    return localStorage.getItem(SEEN) === "yes";
  } catch {
    return false; // storage is switched off: show it, and forget
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, "yes");
  } catch {
    // storage is switched off: the panel stays closed until the page is loaded again
  }
}

function content(workspace, close) {
  const directory = new Directory(workspace);
  const dismiss = h("button", { class: "plain-icon", type: "button", "aria-label": "Close", "data-testid": "welcome-close", onclick: close }, icon("close"));
  return [
    h("div", { class: "welcome-head" }, h("h2", { id: "welcome-title" }, workspace.welcome.title), dismiss),
    h("ol", null, workspace.welcome.steps.map((step) => h("li", null, h("span", { class: "text" }, mrkdwn(step, directory))))),
  ];
}

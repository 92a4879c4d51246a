// Short notices in the corner: what went wrong, in words. They wait while somebody reads them.

import { h } from "./dom.js";
import { icon } from "./icons.js";

const SHOWN_MS = 9000;

export function toast(text, { kind = "error" } = {}) {
  const region = document.getElementById("toasts");
  const dismiss = h("button", { class: "plain-icon", type: "button", "aria-label": "Dismiss" }, icon("close"));
  const node = h(
    "div",
    { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status", "data-testid": "toast" },
    h("p", null, text),
    dismiss,
  );
  let timer = setTimeout(() => node.remove(), SHOWN_MS);
  const hold = () => clearTimeout(timer);
  const release = () => {
    hold();
    timer = setTimeout(() => node.remove(), SHOWN_MS);
  };
  for (const name of ["pointerenter", "focusin"]) node.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) node.addEventListener(name, release);
  dismiss.addEventListener("click", () => {
    hold();
    node.remove();
  });
  raise(region).append(node);
}

// A dialog makes the rest of the page inert and lies above it; while one is open its notices belong inside.
function raise(region) {
  const dialogs = [...document.querySelectorAll("dialog[open]")];
  const host = dialogs.at(-1) ?? document.body;
  if (region.parentElement !== host) host.append(region);
  return region;
}

/** Puts the notices back on the page before their dialog goes away. */
export function rescueToasts() {
  document.body.append(document.getElementById("toasts"));
}

// A small menu beside the button that opened it. Arrow keys walk, Enter chooses, Escape goes back to the button.

import { h } from "./dom.js";

const GAP = 6;

/** openMenu(anchor, [{text, detail?, testId?, run}]) : shows the menu; a second call on the same anchor closes it. */
export function openMenu(anchor, items) {
  if (anchor.getAttribute("aria-expanded") === "true") return;
  const entries = items.map((item) => entry(item));
  const menu = h("div", { class: "menu", role: "menu", "data-testid": "menu" }, entries);
  const close = (refocus) => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", leave);
    if (refocus) anchor.focus();
  };
  const leave = () => close(false);
  const outside = (event) => {
    if (!menu.contains(event.target)) close(false);
  };
  entries.forEach((node, at) => node.addEventListener("click", () => {
    close(true);
    items[at].run();
  }));
  menu.addEventListener("keydown", (event) => walk(event, entries, close));
  (anchor.closest("dialog") ?? document.body).append(menu);
  place(menu, anchor.getBoundingClientRect());
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", leave);
  entries[0]?.focus();
}

function entry({ text, detail, testId }) {
  const more = detail && h("span", { class: "detail" }, detail);
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", "data-testid": testId }, h("span", null, text), more);
}

function walk(event, entries, close) {
  const at = entries.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    entries[(next + entries.length) % entries.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  }
}

// Below the anchor when there is room, else above; always inside the window.
function place(menu, box) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = box.bottom + GAP + height < window.innerHeight;
  menu.style.top = `${Math.max(GAP, below ? box.bottom + GAP : box.top - GAP - height)}px`;
  menu.style.left = `${Math.max(GAP, Math.min(box.left, window.innerWidth - width - GAP))}px`;
}

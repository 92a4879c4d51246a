// The list above the composer: slash commands with their hints after "/", people after "@".

import { fill, h, uid } from "./dom.js";
import { mentionable } from "./mentions.js";

const MOST = 8;

/** Wires a completion list to `input`. sources: directory() and commands() or null. -> {node, close()} */
export function completion(input, { directory, commands }) {
  const id = uid("completion");
  const node = h("div", { class: "completion", role: "listbox", id, "aria-label": "Suggestions", "data-testid": "completion", hidden: true });
  let offers = [];
  let at = 0;

  const paint = () => {
    node.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(!node.hidden));
    fill(node, offers.map((offer, index) => row(offer, `${id}-${index}`, index === at, () => choose(index))));
    if (node.hidden) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `${id}-${at}`);
    node.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const update = () => {
    offers = suggest(input, directory(), commands()).slice(0, MOST);
    at = 0;
    paint();
  };
  const close = () => {
    offers = [];
    paint();
  };
  const choose = (index) => {
    const { from, insert } = offers[index];
    input.setRangeText(insert, from, input.selectionStart, "end");
    input.dispatchEvent(new Event("input"));
    close();
    input.focus();
  };

  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }
  input.addEventListener("input", update);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (node.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const exact = event.key === "Enter" && offers[at].insert.trim() === input.value.trim();
    if (step) at = (at + step + offers.length) % offers.length;
    else if ((event.key === "Enter" && !exact) || event.key === "Tab") choose(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (step) paint();
  });
  return { node, close };
}

function suggest(input, directory, commands) {
  const typed = input.value.slice(0, input.selectionStart);
  if (/^\/[\w-]*$/.test(typed)) return commandOffers(typed, commands);
  const mention = /(?:^|[\s(])@([\p{L}\p{N}_.-]{0,30})$/u.exec(typed);
  return mention ? mentionOffers(mention[1], typed.length - mention[1].length - 1, directory) : [];
}

function commandOffers(typed, commands) {
  return commands
    .filter((one) => one.command.startsWith(typed))
    .map((one) => ({ from: 0, insert: `${one.command} `, title: one.command, hint: one.usage_hint, detail: one.description }));
}

function mentionOffers(part, from, directory) {
  const wanted = part.toLowerCase();
  return mentionable(directory)
    .filter(({ name, handle }) => [name, handle].some((word) => word?.toLowerCase().startsWith(wanted)))
    .map((one) => ({ from, insert: `@${one.handle} `, title: one.name, hint: `@${one.handle}`, detail: one.title }));
}

function row(offer, id, selected, choose) {
  const node = h(
    "div",
    { class: "offer", role: "option", id, "aria-selected": String(selected), "data-testid": "suggestion" },
    h("span", { class: "offer-title" }, offer.title),
    offer.hint && h("span", { class: "offer-hint" }, offer.hint),
    offer.detail && h("span", { class: "detail" }, offer.detail),
  );
  node.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps its focus
    choose();
  });
  return node;
}

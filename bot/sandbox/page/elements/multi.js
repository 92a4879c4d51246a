// Several choices out of many: a panel with a filter and check marks that opens below the field.

import { h } from "../dom.js";
import { plainText } from "../text/objects.js";
import { choicesOf, keyOf, kindOf } from "./options.js";
import { attributes, bind, earlier, fire } from "./state.js";

export function multiSelect(element, slot) {
  const { many } = kindOf(element);
  const choices = choicesOf(element, slot);
  const start = new Set(startValues(element, slot).map(keyOf));
  const boxes = choices.map((choice) => box(choice, start.has(choice.key)));
  const summary = h("summary", { class: "multi-summary", "data-focus": true });
  const { "data-testid": testId, id } = attributes(element, slot);
  const node = h(
    "details",
    { class: "multi", "data-testid": testId, id },
    summary,
    h("div", { class: "multi-panel", role: "group", "aria-label": slot.label ?? "Choices" }, filter(boxes), boxes.map((one) => one.node)),
  );
  const chosen = () => choices.filter((_, at) => boxes[at].input.checked).map((choice) => choice.value);
  const repaint = () => paintSummary(summary, element, slot, boxes, choices);
  bind(node, element, slot, () => ({ [many]: chosen() }));
  node.addEventListener("change", (event) => {
    if (!boxes.some((one) => one.input === event.target)) return;
    enforceMaximum(element, boxes);
    repaint();
  });
  closing(node, summary, () => fire(node, element, slot, { [many]: chosen() }));
  enforceMaximum(element, boxes);
  repaint();
  return node;
}

function startValues(element, slot) {
  const { many, start } = kindOf(element);
  const before = earlier(element, slot);
  const initial = element[`${start}s`] ?? [];
  if (before) return before[many] ?? [];
  return element.default_to_current_conversation && slot.channel && !initial.length ? [slot.channel] : initial;
}

function box(choice, checked) {
  const input = h("input", { type: "checkbox", checked, value: choice.key });
  const detail = choice.detail && h("span", { class: "detail" }, choice.detail);
  return { input, text: choice.text.toLowerCase(), node: h("label", { class: "choice" }, input, h("span", null, choice.text, detail)) };
}

function filter(boxes) {
  if (boxes.length < 8) return null;
  const input = h("input", { type: "search", class: "input", placeholder: "Filter", "aria-label": "Filter the choices" });
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const one of boxes) one.node.hidden = !one.text.includes(wanted);
  });
  return input;
}

// Slack lets one choose up to max_selected_items: the rest cannot be ticked until one is taken away.
function enforceMaximum(element, boxes) {
  const maximum = element.max_selected_items ?? Infinity;
  const full = boxes.filter((one) => one.input.checked).length >= maximum;
  for (const one of boxes) one.input.disabled = full && !one.input.checked;
}

function paintSummary(summary, element, slot, boxes, choices) {
  const names = choices.filter((_, at) => boxes[at].input.checked).map((choice) => choice.text);
  const empty = plainText(element.placeholder) || "Choose";
  summary.replaceChildren(
    ...(names.length ? names.map((name) => h("span", { class: "chip" }, name)) : [h("span", { class: "placeholder" }, empty)]),
  );
  summary.setAttribute("aria-label", `${slot.label ?? empty}: ${names.join(", ") || "nothing chosen"}`);
}

// The app hears of the choice when the panel closes, as in Slack, and only when something changed.
function closing(node, summary, tell) {
  let before = null;
  const marks = () => [...node.querySelectorAll("input[type=checkbox]")].map((one) => one.checked).join();
  node.addEventListener("toggle", () => {
    if (node.open) before = marks();
    else if (before !== null && before !== marks()) tell();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !node.open) return;
    event.preventDefault();
    event.stopPropagation();
    node.open = false;
    summary.focus();
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) node.open = false;
  });
}

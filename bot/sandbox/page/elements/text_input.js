// Text fields: one line, many lines, numbers, addresses, and rich text (written as plain text here).

import { h } from "../dom.js";
import { plainText } from "../text/objects.js";
import { attributes, bind, earlier, fire } from "./state.js";

const COUNT_FROM = 0.6; // the counter appears when this share of the room is used

export const textInput = field("text");
export const numberInput = field("text", { inputmode: "decimal" });
export const emailInput = field("email");
export const urlInput = field("url");

function field(type, extra = {}) {
  return (element, slot) => {
    const before = earlier(element, slot);
    const node = h(element.multiline ? "textarea" : "input", {
      class: "input",
      ...(element.multiline ? { rows: 4 } : { type, autocomplete: "off" }),
      ...extra,
      ...attributes(element, slot),
      placeholder: plainText(element.placeholder) || null,
      value: (before ? before.value : element.initial_value) ?? "",
    });
    const state = () => ({ value: node.value === "" ? null : node.value });
    bind(node, element, slot, state);
    dispatchOn(node, element, slot, state);
    return element.max_length ? h("div", { class: "counted" }, node, counter(node, element.max_length)) : node;
  };
}

export function richTextInput(element, slot) {
  const before = earlier(element, slot)?.rich_text_value ?? element.initial_value;
  const node = h("textarea", {
    class: "input",
    rows: 4,
    ...attributes(element, slot),
    placeholder: plainText(element.placeholder) || null,
    value: flat(before),
  });
  return bind(node, element, slot, () => ({ rich_text_value: node.value ? rich(node.value) : null }));
}

// An app may ask to hear of each character or of Enter (dispatch_action_config).
function dispatchOn(node, element, slot, state) {
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (triggers.includes("on_character_entered")) node.addEventListener("input", () => fire(node, element, slot, state()));
  if (!triggers.includes("on_enter_pressed") || element.multiline) return;
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || slot.quiet) return;
    event.preventDefault();
    fire(node, element, slot, state());
  });
}

function counter(node, maximum) {
  const text = h("span", { class: "counter", "aria-hidden": "true" });
  const paint = () => {
    text.hidden = node.value.length < maximum * COUNT_FROM;
    text.textContent = `${node.value.length} / ${maximum}`;
    text.classList.toggle("counter-over", node.value.length > maximum);
  };
  node.addEventListener("input", paint);
  paint();
  return text;
}

function rich(text) {
  const section = { type: "rich_text_section", elements: [{ type: "text", text }] };
  return { type: "rich_text", elements: [section] };
}

function flat(value) {
  const parts = (part) => part.text ?? part.url ?? (part.elements ?? []).map(parts).join("");
  return value ? (value.elements ?? []).map(parts).join("\n") : "";
}

// One choice out of many: the browser's own select, which every keyboard and screen reader knows.

import { h } from "../dom.js";
import { plainText } from "../text/objects.js";
import { choicesOf, keyOf, kindOf } from "./options.js";
import { attributes, bind, earlier, fire } from "./state.js";

export function select(element, slot) {
  const { one } = kindOf(element);
  const choices = choicesOf(element, slot);
  const current = keyOf(startValue(element, slot));
  const node = h("select", { class: "select", ...attributes(element, slot) }, placeholder(element, slot), optionNodes(choices));
  node.value = choices.some((choice) => choice.key === current) ? current : "";
  const chosen = () => choices.find((choice) => choice.key === node.value)?.value ?? null;
  bind(node, element, slot, () => ({ [one]: chosen() }));
  let last = node.value;
  node.addEventListener("change", async () => {
    if (chosen() === null || slot.quiet) return;
    if (await fire(node, element, slot, { [one]: chosen() })) last = node.value;
    else node.value = last;
  });
  return h("span", { class: "select-frame" }, node);
}

function startValue(element, slot) {
  const { one, start } = kindOf(element);
  const before = earlier(element, slot);
  if (before) return before[one];
  if (element.default_to_current_conversation && slot.channel) return slot.channel;
  return element[start] ?? null;
}

// A required choice cannot be taken back to "nothing" once made; an optional one can.
function placeholder(element, slot) {
  const text = plainText(element.placeholder) || "Choose one";
  return h("option", { value: "", disabled: slot.field ? Boolean(slot.required) : true }, text);
}

function optionNodes(choices) {
  const groups = Map.groupBy(choices, (choice) => choice.group);
  return [...groups].map(([group, members]) => {
    const options = members.map((choice) => h("option", { value: choice.key }, choice.text));
    return group === null ? options : h("optgroup", { label: group }, options);
  });
}

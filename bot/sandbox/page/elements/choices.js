// Radio buttons and check boxes: every choice in sight.

import { h, uid } from "../dom.js";
import { textNodes } from "../text/objects.js";
import { attributes, bind, earlier, fire } from "./state.js";

export function radioButtons(element, slot) {
  const start = earlier(element, slot) ?? { selected_option: element.initial_option };
  const { node, chosen } = group(element, slot, "radio", [start.selected_option?.value]);
  const state = () => ({ selected_option: chosen()[0] ?? null });
  node.addEventListener("change", () => fire(node, element, slot, state()));
  return bind(node, element, slot, state);
}

export function checkboxes(element, slot) {
  const start = earlier(element, slot) ?? { selected_options: element.initial_options };
  const { node, chosen } = group(element, slot, "checkbox", (start.selected_options ?? []).map((one) => one.value));
  const state = () => ({ selected_options: chosen() });
  node.addEventListener("change", () => fire(node, element, slot, state()));
  return bind(node, element, slot, state);
}

function group(element, slot, type, selected) {
  const name = uid("choice");
  const shared = attributes(element, slot);
  const inputs = element.options.map((option, at) =>
    h("input", { type, name, value: option.value, checked: selected.includes(option.value), "data-focus": at === 0 }),
  );
  const rows = element.options.map((option, at) => h("label", { class: "choice" }, inputs[at], words(option, slot)));
  const node = h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "data-testid": shared["data-testid"],
      id: shared.id,
      "aria-labelledby": slot.ids?.label ?? null,
      "aria-label": shared["aria-label"],
      "aria-describedby": shared["aria-describedby"],
    },
    rows,
  );
  return { node, chosen: () => element.options.filter((_, at) => inputs[at].checked) };
}

function words(option, slot) {
  const detail = option.description && h("span", { class: "detail" }, textNodes(option.description, slot.directory));
  return h("span", null, textNodes(option.text, slot.directory), detail);
}

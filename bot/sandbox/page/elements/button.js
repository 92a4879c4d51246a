// Buttons, and buttons that are also links.

import { h, safeUrl } from "../dom.js";
import { plainText } from "../text/objects.js";
import { fire } from "./state.js";

const STYLES = { primary: "button button-primary", danger: "button button-danger" };

export function button(element, slot) {
  const href = element.url ? safeUrl(element.url) : null;
  const node = h(
    href ? "a" : "button",
    {
      class: STYLES[element.style] ?? "button",
      "data-testid": `action-${element.action_id}`,
      "aria-label": element.accessibility_label ?? null,
      ...(href ? { href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" }),
    },
    h("span", null, plainText(element.text)),
  );
  const payload = element.value === undefined ? {} : { value: element.value };
  node.addEventListener("click", () => fire(node, element, slot, payload));
  return node;
}

// Blocks one uses: a row of controls (actions), and one labelled field (input).

import { h, uid } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { plainText } from "../text/objects.js";

export function actions(block, context) {
  return h("div", { role: "group", "aria-label": "Actions" }, block.elements.map((one) => renderElement(one, context)));
}

/** A field: label, control, hint, and the place where its error is said. */
export function input(block, context) {
  const ids = { control: uid("field"), label: uid("label"), hint: uid("hint"), error: uid("error") };
  const text = plainText(block.label);
  const message = context.errors?.[context.blockId];
  const control = renderElement(block.element, {
    ...context,
    label: text,
    ids,
    field: true,
    required: !block.optional,
    quiet: !block.dispatch_action,
  });
  const label = h(
    "label",
    { class: "field-label", id: ids.label, for: ids.control },
    text,
    block.optional && h("span", { class: "optional" }, " (optional)"),
  );
  const node = h(
    "div",
    { class: "field" },
    label,
    control,
    block.hint && h("p", { class: "hint", id: ids.hint }, plainText(block.hint)),
    h("p", { class: "field-error", id: ids.error, "data-testid": `field-error-${context.blockId}`, hidden: true }),
  );
  if (message) showFieldError(node, message);
  return node;
}

/** Says `text` at the field, for eyes and for screen readers; an empty text takes it away. */
export function showFieldError(field, text) {
  const place = field.querySelector(".field-error");
  const control = field.querySelector("[data-focus]");
  place.textContent = text;
  place.hidden = !text;
  if (!control) return;
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

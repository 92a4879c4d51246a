// Blocks one reads: section, header, context, divider, image, markdown.

import { h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { markdown } from "../text/markdown.js";
import { plainText, textNodes } from "../text/objects.js";

export function section(block, context) {
  const accessory = block.accessory && renderElement(block.accessory, { ...context, label: plainText(block.text) });
  return h(
    "div",
    null,
    h(
      "div",
      { class: "section-body" },
      block.text && h("div", { class: "text" }, textNodes(block.text, context.directory)),
      block.fields && h("div", { class: "fields" }, block.fields.map((field) => fieldNode(field, context))),
    ),
    accessory && h("div", { class: "accessory" }, accessory),
  );
}

function fieldNode(field, context) {
  return h("div", { class: "text" }, textNodes(field, context.directory));
}

export function header(block, context) {
  return h(context.surface === "message" ? "h4" : "h3", null, plainText(block.text));
}

export function divider() {
  return h("hr");
}

export function contextBlock(block, context) {
  const parts = block.elements.map((element) =>
    element.type === "image" ? renderElement(element, context) : h("span", { class: "text" }, textNodes(element, context.directory)),
  );
  return h("div", null, parts);
}

export function image(block, context) {
  const title = block.title && h("figcaption", null, plainText(block.title));
  return h("figure", null, title, renderElement({ ...block, type: "image" }, context));
}

export function markdownBlock(block) {
  return h("div", { class: "text" }, markdown(block.text));
}

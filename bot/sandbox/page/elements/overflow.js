// The three dots: a small menu of further actions.

import { h, safeUrl } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { plainText } from "../text/objects.js";
import { fire } from "./state.js";

export function overflow(element, slot) {
  const node = h(
    "button",
    {
      class: "button button-icon",
      type: "button",
      "data-testid": `action-${element.action_id}`,
      "aria-haspopup": "menu",
      "aria-label": "More actions",
    },
    icon("more"),
  );
  node.addEventListener("click", () =>
    openMenu(node, element.options.map((option) => ({
      text: plainText(option.text),
      detail: plainText(option.description),
      testId: `option-${option.value}`,
      run: () => choose(node, element, slot, option),
    }))),
  );
  return node;
}

function choose(node, element, slot, option) {
  const href = option.url && safeUrl(option.url);
  if (href) window.open(href, "_blank", "noopener,noreferrer");
  return fire(node, element, slot, { selected_option: option });
}

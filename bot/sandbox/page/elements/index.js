// Block Kit elements: one renderer a type. Each returns a node whose state, if any, is bound (see state.js).

import { h } from "../dom.js";
import { button } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { fileInput } from "./file_input.js";
import { multiSelect } from "./multi.js";
import { overflow } from "./overflow.js";
import { datepicker, datetimepicker, timepicker } from "./pickers.js";
import { picture } from "./picture.js";
import { select } from "./select.js";
import { emailInput, numberInput, richTextInput, textInput, urlInput } from "./text_input.js";

const RENDERERS = {
  button,
  channels_select: select,
  checkboxes,
  conversations_select: select,
  datepicker,
  datetimepicker,
  email_text_input: emailInput,
  file_input: fileInput,
  image: picture,
  multi_channels_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  number_input: numberInput,
  overflow,
  plain_text_input: textInput,
  radio_buttons: radioButtons,
  rich_text_input: richTextInput,
  static_select: select,
  timepicker,
  url_text_input: urlInput,
  users_select: select,
};

/** renderElement(element, slot) -> node. slot: the block's context plus label, and for a field its ids. */
export function renderElement(element, slot) {
  return (RENDERERS[element.type] ?? unsupported)(element, slot);
}

function unsupported(element) {
  return h("p", { class: "note" }, `This page cannot show an element of type “${element.type}”.`);
}

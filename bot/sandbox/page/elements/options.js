// What one may choose from, whatever the kind of select: options with a text, and the payload each one stands for.

import { plainText } from "../text/objects.js";

// The words of each kind: what one choice and many choices are called in the state, and where the choices come from.
const KINDS = {
  static_select: { one: "selected_option", many: "selected_options", start: "initial_option", choices: staticChoices },
  users_select: { one: "selected_user", many: "selected_users", start: "initial_user", choices: people },
  conversations_select: {
    one: "selected_conversation",
    many: "selected_conversations",
    start: "initial_conversation",
    choices: conversations,
  },
  channels_select: { one: "selected_channel", many: "selected_channels", start: "initial_channel", choices: channels },
};

/** kindOf({type: "multi_users_select"}) -> the row for users_select. */
export function kindOf(element) {
  return KINDS[element.type.replace(/^multi_/, "")];
}

/** choicesOf(element, slot) -> [{group: text | null, key, text, detail, value}]; `value` is what the state carries. */
export function choicesOf(element, slot) {
  return kindOf(element).choices(element, slot);
}

/** The key of a state value: an option's value, or the id itself. */
export function keyOf(value) {
  return typeof value === "object" && value !== null ? value.value : value;
}

function staticChoices(element) {
  const groups = element.option_groups ?? [{ label: null, options: element.options ?? [] }];
  return groups.flatMap((group) =>
    group.options.map((option) => ({
      group: group.label ? plainText(group.label) : null,
      key: option.value,
      text: plainText(option.text),
      detail: plainText(option.description),
      value: option,
    })),
  );
}

function people(element, slot) {
  return slot.directory.people().map((user) => choice(user.id, user.name, user.title));
}

function conversations(element, slot) {
  const include = element.filter?.include ?? ["public", "private"];
  const kinds = [["public", "channel"], ["private", "private"]].filter(([name]) => include.includes(name));
  return slot.directory.channels(kinds.map(([, kind]) => kind)).map((one) => choice(one.id, `#${one.name}`));
}

function channels(element, slot) {
  return slot.directory.channels(["channel"]).map((one) => choice(one.id, `#${one.name}`));
}

function choice(id, text, detail = "") {
  return { group: null, key: id, text, detail, value: id };
}

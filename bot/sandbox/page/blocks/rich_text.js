// The rich_text block. Its text is never parsed: style and mentions are explicit elements.

import { h, link } from "../dom.js";
import { emoji } from "../text/emoji.js";
import { instant } from "../text/instant.js";
import { broadcast, channelMention, groupMention, userMention } from "../text/tokens.js";

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

const LEAVES = {
  text: (one) => lines(one.text),
  link: (one) => link(one.url, one.text ?? one.url),
  user: (one, directory) => userMention(one.user_id, directory),
  channel: (one, directory) => channelMention(one.channel_id, null, directory),
  usergroup: (one, directory) => groupMention(one.usergroup_id, directory),
  broadcast: (one) => broadcast(one.range),
  emoji: (one) => h("span", { class: "emoji", title: `:${one.name}:` }, emoji(one.name) ?? fromCodes(one.unicode) ?? `:${one.name}:`),
  date: (one) => instant(one.timestamp, one.format ?? "{date} {time}", { address: one.url, fallback: one.fallback }),
  color: (one) => h("code", null, one.value),
  team: (one) => one.team_id,
};

const PARTS = {
  rich_text_section: (part, directory) => h("div", null, leaves(part.elements, directory)),
  rich_text_list: list,
  rich_text_quote: (part, directory) => h("blockquote", null, leaves(part.elements, directory)),
  rich_text_preformatted: (part) => h("pre", null, part.elements.map((one) => one.text ?? one.url ?? "").join("")),
};

export function richText(block, context) {
  return h("div", { class: "text" }, richTextParts(block, context.directory));
}

/** The parts of a rich_text value as nodes; a part of an unknown kind shows its type. */
export function richTextParts(block, directory) {
  return block.elements.map((part) => PARTS[part.type]?.(part, directory) ?? h("p", { class: "note" }, part.type));
}

function list(part, directory) {
  const ordered = part.style === "ordered";
  const items = part.elements.map((item) => h("li", null, leaves(item.elements, directory)));
  const node = h(ordered ? "ol" : "ul", { start: ordered ? (part.offset ?? 0) + 1 : null }, items);
  if (part.indent) node.style.marginInlineStart = `${Math.min(8, part.indent) * 1.4}em`;
  if (ordered && part.indent % 3) node.type = part.indent % 3 === 1 ? "a" : "i";
  return node;
}

function leaves(elements, directory) {
  return elements.map((one) => styled(LEAVES[one.type]?.(one, directory) ?? one.text ?? `[${one.type}]`, one.style));
}

function styled(node, style) {
  return STYLES.filter(([name]) => style?.[name]).reduce((inner, [, tag]) => h(tag, null, inner), node);
}

function lines(text) {
  return text.split("\n").flatMap((line, at) => [...(at ? [h("br")] : []), line]);
}

// "1f44d-1f3fd" -> the character, or null when it is none.
function fromCodes(unicode) {
  const codes = (unicode ?? "").split("-").map((code) => Number.parseInt(code, 16));
  return codes.every((code) => code > 0 && code <= 0x10ffff) ? String.fromCodePoint(...codes) : null;
}

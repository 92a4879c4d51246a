// What stands between angle brackets in mrkdwn: mentions, channels, dates, links.

import { h, link } from "../dom.js";
import { instant } from "./instant.js";

const BROADCASTS = ["here", "channel", "everyone"];

/** Undoes Slack's three escapes. Each is decoded once: "&amp;lt;" is the text "&lt;". */
export function decode(text) {
  const plain = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => plain[entity]);
}

/** angle("@U1", directory, label => nodes) -> the node, or null when the text is no known token. */
export function angle(text, directory, label) {
  const bar = text.indexOf("|");
  const [head, tail] = bar < 0 ? [text, null] : [text.slice(0, bar), text.slice(bar + 1)];
  if (head.startsWith("@")) return userMention(head.slice(1), directory);
  if (head.startsWith("#")) return channelMention(head.slice(1), tail && decode(tail), directory);
  if (head.startsWith("!")) return special(head.slice(1), tail === null ? null : decode(tail), directory);
  if (/^(?:https?:\/\/|mailto:)/i.test(head)) {
    return link(decode(head), tail ? label(tail) : decode(head).replace(/^mailto:/i, ""));
  }
  // A link of a kind nobody should follow keeps its words and loses its address.
  return /^[a-z][a-z0-9+.-]*:/i.test(head) ? h("span", null, tail ? label(tail) : decode(head)) : null;
}

export function userMention(id, directory) {
  return h("span", { class: "mention", "data-user": id }, `@${directory.userName(id)}`);
}

export function channelMention(id, name, directory) {
  const known = directory.channelName(id) ?? name ?? "private channel";
  return h("a", { class: "mention", href: `#${id}`, "data-channel": id }, `#${known.replace(/^#/, "")}`);
}

export function groupMention(id, directory) {
  return h("span", { class: "mention" }, `@${directory.groupName(id)}`);
}

export function broadcast(range) {
  return h("span", { class: "mention mention-loud" }, `@${range}`);
}

function special(text, tail, directory) {
  const [name, ...parts] = text.split("^");
  if (name === "date") return instant(Number(parts[0]), parts[1] ?? "", { address: parts[2] || null, fallback: tail ?? "" });
  if (name === "subteam") return groupMention(parts[0], directory);
  if (BROADCASTS.includes(name)) return broadcast(name);
  return document.createTextNode(tail ?? `<!${text}>`);
}

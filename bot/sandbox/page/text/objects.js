// Block Kit text objects: {type: "plain_text" | "mrkdwn", text, emoji?, verbatim?}.

import { h } from "../dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { decode } from "./tokens.js";

/** The text object as a list of nodes. */
export function textNodes(object, directory) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, directory, { verbatim: object.verbatim });
  return broken(plainText(object));
}

/** The text object as a string, for labels and options. Slack's escapes are undone in plain_text as well. */
export function plainText(object) {
  if (!object) return "";
  const text = decode(String(object.text ?? ""));
  return object.emoji === false ? text : withEmoji(text);
}

/** mrkdwn or plain text as one readable line, for notices and screen readers. */
export function readable(text, directory) {
  const node = h("div", null, mrkdwn(text, directory));
  return node.textContent.replace(/\s+/g, " ").trim();
}

function broken(text) {
  return text.split("\n").flatMap((line, at) => [...(at ? [h("br")] : []), line]);
}

// Slack's mrkdwn as DOM nodes: lines first (code fences, quotes), then what is inside a line. It knows no lists.

import { h, link } from "../dom.js";
import { emoji } from "./emoji.js";
import { angle, decode } from "./tokens.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const BARE_URL = /https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)\]}'"]/y;
const EMOJI = /:([a-z0-9_+-]{1,40}):/y;

/** mrkdwn("*bold* <@U1>", directory) -> list of nodes. options.verbatim: bare addresses stay text. */
export function mrkdwn(text, directory, options = {}) {
  const context = { directory, verbatim: Boolean(options.verbatim) };
  const parts = String(text).split(/```\n?([\s\S]*?)```/);
  return parts.flatMap((part, at) => (at % 2 ? [h("pre", null, codeText(part, directory))] : lines(part, context)));
}

function lines(text, context) {
  const nodes = [];
  const rows = trimBreaks(text).split("\n");
  for (let at = 0; at < rows.length; ) {
    const end = runEnd(rows, at);
    const run = rows.slice(at, end);
    const kind = kindOf(rows[at]);
    if (kind === "text" && nodes.length && nodes.at(-1).nodeType === Node.TEXT_NODE) nodes.push(h("br"));
    nodes.push(...RUNS[kind](run, context));
    at = end;
  }
  return nodes;
}

// The line break beside a fence belongs to the fence.
function trimBreaks(text) {
  return text.replace(/^\n|\n$/g, "");
}

function kindOf(row) {
  return row.startsWith(">") ? "quote" : "text";
}

function runEnd(rows, start) {
  let end = start + 1;
  while (end < rows.length && kindOf(rows[end]) === kindOf(rows[start])) end += 1;
  return end;
}

const RUNS = {
  text: (rows, context) => joinLines(rows, context),
  quote: (rows, context) => [h("blockquote", null, joinLines(rows.map((row) => row.replace(/^>+ ?/, "")), context))],
};

function joinLines(rows, context) {
  return rows.flatMap((row, at) => [...(at ? [h("br")] : []), ...inline(row, context)]);
}

/** What is inside one line. */
function inline(text, context) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(document.createTextNode(decode(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = take(text, at, context);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

/** The marked-up thing that starts at `at`, as {node, end}, or null. */
function take(text, at, context) {
  const char = text[at];
  if (char === "`") return takeCode(text, at, context);
  if (char === "<") return takeAngle(text, at, context);
  if (char in MARKS) return takeMark(text, at, context);
  if (char === ":") return takeEmoji(text, at);
  if (char === "h" && !context.verbatim && !isWord(text[at - 1])) return takeUrl(text, at);
  return null;
}

function takeCode(text, at, context) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { node: h("code", null, codeText(text.slice(at + 1, end), context.directory)), end: end + 1 };
}

function takeAngle(text, at, context) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const node = angle(text.slice(at + 1, end), context.directory, (label) => inline(label, { ...context, verbatim: true }));
  return node && { node, end: end + 1 };
}

function takeMark(text, at, context) {
  if (isWord(text[at - 1]) || !text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === text[at]) return null;
  const end = closing(text, at);
  if (end < 0) return null;
  return { node: h(MARKS[text[at]], null, inline(text.slice(at + 1, end), context)), end: end + 1 };
}

// A closing mark follows no space and precedes no word; what stands in <...> or `...` cannot close.
function closing(text, start) {
  for (let at = start + 1; at < text.length; at += 1) {
    const skip = { "<": ">", "`": "`" }[text[at]];
    if (skip && text.indexOf(skip, at + 1) > 0) at = text.indexOf(skip, at + 1);
    else if (text[at] === text[start] && at > start + 1 && !/\s/.test(text[at - 1]) && !isWord(text[at + 1])) return at;
  }
  return -1;
}

function takeEmoji(text, at) {
  EMOJI.lastIndex = at;
  const found = EMOJI.exec(text);
  const drawn = found && emoji(found[1]);
  return drawn ? { node: h("span", { class: "emoji", title: found[0] }, drawn), end: EMOJI.lastIndex } : null;
}

function takeUrl(text, at) {
  BARE_URL.lastIndex = at;
  const found = BARE_URL.exec(text);
  return found && { node: link(decode(found[0]), decode(found[0])), end: BARE_URL.lastIndex };
}

function isWord(char) {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}

// Inside code nothing is formatted, but an address or a mention still reads as people know it.
function codeText(text, directory) {
  return text.split(/(<[^<>\n]+>)/).map((part) => {
    const node = /^<.+>$/.test(part) ? angle(part.slice(1, -1), directory, (label) => [decode(label)]) : null;
    return node ? node.textContent : decode(part);
  }).join("");
}

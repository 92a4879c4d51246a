// Standard Markdown (the `markdown` block) as DOM nodes: the common part of it, without any HTML.

import { h, link } from "../dom.js";
import { withEmoji } from "./emoji.js";

const INLINE = [
  [/^`([^`\n]+)`/, (found) => h("code", null, found[1])],
  [/^!\[([^\]\n]*)\]\(([^()\s]+)\)/, (found) => link(found[2], found[1] || found[2])],
  [/^\[([^\]\n]+)\]\(([^()\s]+)\)/, (found) => link(found[2], inline(found[1]))],
  [/^<(https?:\/\/[^\s<>]+)>/, (found) => link(found[1], found[1])],
  [/^(https?:\/\/[^\s<>]*[^\s<>.,;:!?)\]])/, (found) => link(found[1], found[1])],
  [/^\*\*(?=\S)(.+?\S|\S)\*\*/, (found) => h("strong", null, inline(found[1]))],
  [/^__(?=\S)(.+?\S|\S)__/, (found) => h("strong", null, inline(found[1]))],
  [/^~~(?=\S)(.+?\S|\S)~~/, (found) => h("s", null, inline(found[1]))],
  [/^\*(?=\S)([^*\n]*?[^*\s])\*/, (found) => h("em", null, inline(found[1]))],
  [/^_(?=\S)([^_\n]*?[^_\s])_(?!\w)/, (found) => h("em", null, inline(found[1]))],
  [/^\\([!-/:-@[-`{-~])/, (found) => document.createTextNode(found[1])],
];

// Each: does this line start it, and where does it end -> [nodes, next line].
const BLOCKS = [
  [/^\s*$/, (rows, at) => [[], at + 1]],
  [/^```/, fence],
  [/^(#{1,6})\s+/, (rows, at) => [[heading(rows[at])], at + 1]],
  [/^\s*([-*_])(?:\s*\1){2,}\s*$/, (rows, at) => [[h("hr")], at + 1]],
  [/^>\s?/, quote],
  [/^\s*[-*+]\s+/, (rows, at) => list(rows, at, "ul", /^\s*[-*+]\s+/)],
  [/^\s*\d+[.)]\s+/, (rows, at) => list(rows, at, "ol", /^\s*\d+[.)]\s+/)],
  [/^\|.+\|\s*$/, table],
];

/** markdown("# Title\n\ntext") -> list of nodes. */
export function markdown(text) {
  const rows = String(text).split("\n");
  const nodes = [];
  for (let at = 0; at < rows.length; ) {
    const [made, next] = (starter(rows[at]) ?? paragraph)(rows, at);
    nodes.push(...made);
    at = next;
  }
  return nodes;
}

function starter(row) {
  return BLOCKS.find(([start]) => start.test(row))?.[1];
}

function inline(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const [found, make] = INLINE.map(([pattern, build]) => [pattern.exec(rest), build]).find(([match]) => match) ?? [];
    if (found) {
      nodes.push(withEmoji(plain), make(found));
      plain = "";
      at += found[0].length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  return [...nodes, withEmoji(plain)];
}

function inlineLines(rows) {
  return rows.flatMap((row, at) => [...(at ? [h("br")] : []), ...inline(row)]);
}

// A heading inside a message ranks below the page's own.
function heading(row) {
  const [, marks, text] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(row);
  return h(`h${Math.min(6, marks.length + 3)}`, { class: `markdown-h markdown-h${marks.length}` }, inline(text));
}

function fence(rows, at) {
  const length = rows.slice(at + 1).findIndex((row) => row.startsWith("```"));
  const end = length < 0 ? rows.length : at + 1 + length;
  return [[h("pre", null, rows.slice(at + 1, end).join("\n"))], end + 1];
}

function run(rows, at, pattern) {
  let end = at;
  while (end < rows.length && pattern.test(rows[end])) end += 1;
  return end;
}

function quote(rows, at) {
  const end = run(rows, at, /^>/);
  return [[h("blockquote", null, markdown(rows.slice(at, end).map((row) => row.replace(/^>\s?/, "")).join("\n")))], end];
}

function list(rows, at, tag, marker) {
  const end = run(rows, at, marker);
  const start = tag === "ol" ? Number.parseInt(rows[at], 10) : null;
  return [[h(tag, { start }, rows.slice(at, end).map((row) => h("li", null, inline(row.replace(marker, "")))))], end];
}

function table(rows, at) {
  const end = run(rows, at, /^\|.+\|\s*$/);
  const cells = (row) => row.trim().slice(1, -1).split("|").map((cell) => cell.trim());
  const lines = rows.slice(at, end).filter((row) => !/^[|\s:-]+$/.test(row));
  const [head, ...body] = lines.map(cells);
  const line = (tag, row) => h("tr", null, row.map((cell) => h(tag, null, inline(cell))));
  const made = h("table", null, h("thead", null, line("th", head ?? [])), h("tbody", null, body.map((row) => line("td", row))));
  return [[h("div", { class: "table-frame", tabindex: "0", role: "group", "aria-label": "Table" }, made)], end];
}

function paragraph(rows, at) {
  let end = at + 1;
  while (end < rows.length && !starter(rows[end])) end += 1;
  return [[h("p", null, inlineLines(rows.slice(at, end)))], end];
}

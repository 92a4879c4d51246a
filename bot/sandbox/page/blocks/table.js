// The table block: the first row is the head; a cell is raw text, a number or rich text.

import { h } from "../dom.js";
import { withEmoji } from "../text/emoji.js";
import { richTextParts } from "./rich_text.js";

const ALIGN = { center: "center", right: "right", left: "left" };

export function table(block, context) {
  const [head = [], ...rows] = block.rows;
  const line = (row, tag) => h("tr", null, row.map((cell, at) => cellNode(cell, tag, block.column_settings?.[at], context)));
  return h(
    "div",
    { class: "table-frame", tabindex: "0", role: "group", "aria-label": "Table" },
    h("table", null, h("thead", null, line(head, "th")), h("tbody", null, rows.map((row) => line(row, "td")))),
  );
}

function cellNode(cell, tag, settings, context) {
  const align = ALIGN[settings?.align] ?? (cell.type === "raw_number" ? "right" : "left");
  const wrap = settings?.is_wrapped ? "wrap" : "";
  return h(tag, { class: `cell-${align} ${wrap}`.trim(), scope: tag === "th" ? "col" : null }, content(cell, context));
}

function content(cell, context) {
  if (cell.type === "rich_text") return richTextParts(cell, context.directory);
  return withEmoji(String(cell.text ?? cell.value ?? ""));
}

// Block Kit: one renderer a block type. The context given to each is described in context.js.

import { h } from "../dom.js";
import { actions, input } from "./interactive.js";
import { contextBlock, divider, header, image, markdownBlock, section } from "./layout.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";

const RENDERERS = {
  actions,
  context: contextBlock,
  divider,
  header,
  image,
  input,
  markdown: markdownBlock,
  rich_text: richText,
  section,
  table,
};

/** renderBlocks(blocks, context) -> list of nodes, each carrying its block id. */
export function renderBlocks(blocks, context) {
  return blocks.map((block, at) => {
    const blockId = block.block_id ?? `block-${at}`;
    const node = (RENDERERS[block.type] ?? unsupported)(block, { ...context, blockId });
    node.classList.add("block", `block-${RENDERERS[block.type] ? block.type : "unsupported"}`);
    node.dataset.blockId = blockId;
    return node;
  });
}

function unsupported(block) {
  return h("p", { class: "note" }, `This page cannot show a block of type “${block.type}”.`);
}

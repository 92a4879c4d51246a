// The state of controls in Slack's own shape: {block_id: {action_id: {type, value | selected_...}}}.

import { confirm } from "../confirm.js";
import { plainText } from "../text/objects.js";

const READ = Symbol("reads the control's state value");

/** Marks `node` as the control of `element`. read() -> its state value without the type. */
export function bind(node, element, slot, read) {
  node.dataset.control = element.type;
  node.dataset.block = slot.blockId;
  node.dataset.action = element.action_id;
  node[READ] = () => ({ type: element.type, ...read() });
  return node;
}

/** Every bound control under `root`. */
export function readState(root) {
  const values = {};
  for (const node of root.querySelectorAll("[data-control]")) {
    values[node.dataset.block] ??= {};
    values[node.dataset.block][node.dataset.action] = node[READ]();
  }
  return values;
}

/** What was chosen before a redraw or in an earlier moment; undefined when nothing is known. */
export function earlier(element, slot) {
  const value = slot.values?.[slot.blockId]?.[element.action_id];
  return value && (!value.type || value.type === element.type) ? value : undefined;
}

/** Attributes every control shares: its test id, its name, its description. */
export function attributes(element, slot) {
  const kind = slot.field ? "field" : "action";
  return {
    "data-testid": `${kind}-${element.action_id}`,
    "data-focus": true,
    id: slot.ids?.control ?? null,
    "aria-label": slot.ids ? null : plainText(element.placeholder) || slot.label || element.action_id,
    "aria-describedby": slot.ids ? `${slot.ids.error} ${slot.ids.hint}` : null,
    "aria-required": slot.required ? "true" : null,
    autofocus: element.focus_on_load ? true : null,
  };
}

/** Tells the app that `control` was used, unless the block wants it quiet or the person thinks again. -> was it told? */
export async function fire(control, element, slot, payload) {
  if (slot.quiet || control.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirm(element.confirm, slot.directory))) return false;
  await slot.act(control, { blockId: slot.blockId, actionId: element.action_id, payload });
  return true;
}

// Builds DOM nodes. Text always becomes a text node: nothing in this page ever parses a string as markup.

const PROPERTIES = new Set(["checked", "disabled", "hidden", "multiple", "open", "required", "selected", "value"]);

/** h("p", {class: "x", onclick: f}, "text", node, [more]) -> HTMLElement. Null, undefined and false are left out. */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) assign(node, name, value);
  node.append(...present(children));
  return node;
}

/** Replaces everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

/** One-time unique ids, for label/for and aria-describedby. */
export function uid(prefix) {
  return `${prefix}-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

/** The address when it is one a person may safely follow (http, https, mailto), else null. */
export function safeUrl(address) {
  try {
    const url = new URL(String(address));
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null; // not an absolute address at all
  }
}

/** A link that opens beside the page; plain text when the address is not safe. */
export function link(address, ...children) {
  const href = safeUrl(address);
  if (!href) return h("span", null, ...children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function present(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

function assign(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

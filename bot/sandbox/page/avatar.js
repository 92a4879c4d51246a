// A coloured square with initials, readable on every colour.

import { h } from "./dom.js";

export function avatar(user, { app = false } = {}) {
  const node = h("span", { class: app ? "avatar avatar-app" : "avatar", "aria-hidden": "true" }, initials(user));
  const color = hex(user.color);
  if (color && !app) {
    node.style.backgroundColor = color;
    node.style.color = luminance(color) > 0.18 ? "#16181a" : "#ffffff";
  }
  return node;
}

function initials(user) {
  if (user.initials) return user.initials.slice(0, 2);
  return user.name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("").toUpperCase();
}

function hex(color) {
  const found = /^#?([0-9a-f]{6})$/i.exec(color ?? "");
  return found ? `#${found[1]}` : null;
}

/** WCAG relative luminance, 0 (black) to 1 (white). */
function luminance(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

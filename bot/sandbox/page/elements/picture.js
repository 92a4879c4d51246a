// Pictures inside messages.

import { h, safeUrl } from "../dom.js";

/** The picture itself, for image blocks and image elements. Without a safe address its words take its place. */
export function picture(element) {
  const src = safeUrl(element.image_url ?? element.slack_file?.url);
  if (!src?.startsWith("http")) return h("span", { class: "note" }, element.alt_text || "Image");
  const node = h("img", { src, alt: element.alt_text ?? "", loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(h("span", { class: "note" }, element.alt_text || "Image")));
  return node;
}

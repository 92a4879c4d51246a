// "Are you sure?": the confirm object of an element, as a dialog on top of whatever is open.

import { h, uid } from "./dom.js";
import { plainText, textNodes } from "./text/objects.js";

/** confirm({title, text, confirm, deny, style}, directory) -> Promise<boolean>. */
export function confirm(object, directory) {
  const title = uid("confirm");
  const yes = h(
    "button",
    { class: object.style === "danger" ? "button button-danger" : "button button-primary", value: "yes", "data-testid": "confirm-yes" },
    plainText(object.confirm) || "Yes",
  );
  const no = h("button", { class: "button", value: "no", "data-testid": "confirm-no", autofocus: true }, plainText(object.deny) || "Cancel");
  const dialog = h(
    "dialog",
    { class: "dialog dialog-small", "aria-labelledby": title, "data-testid": "confirm" },
    h(
      "form",
      { method: "dialog" },
      h("h2", { id: title }, plainText(object.title) || "Are you sure?"),
      h("div", { class: "text dialog-body" }, textNodes(object.text, directory)),
      h("div", { class: "dialog-foot" }, no, yes),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

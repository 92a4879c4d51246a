// The app's modals: the top view of the persona's stack, in one dialog that is redrawn as the stack changes.

import { context } from "./blocks/context.js";
import { renderBlocks } from "./blocks/index.js";
import { showFieldError } from "./blocks/interactive.js";
import { fill, h } from "./dom.js";
import { readState } from "./elements/state.js";
import { keepFocusInside, rememberFocus } from "./focus.js";
import { icon } from "./icons.js";
import { plainText } from "./text/objects.js";
import { rescueToasts } from "./toast.js";
import { validate } from "./validate.js";

/** Draws state.modal whenever it changes. session: submit, closeModal, act, directory. */
export function mountModal(store, session) {
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "modal-title", "data-testid": "modal" });
  document.body.append(dialog);
  const drafts = new Map(); // view id -> what was typed, so that a view below in the stack finds its words again
  let shown = null;
  let giveFocusBack = () => {};

  const keepDraft = () => shown && drafts.set(shown.id, readState(dialog));

  const close = () => {
    shown = null;
    drafts.clear();
    rescueToasts();
    dialog.close();
    fill(dialog);
    giveFocusBack();
  };

  const draw = (view, errors) => {
    const focused = document.activeElement?.dataset?.testid;
    const again = shown?.id === view.id;
    keepDraft();
    shown = view;
    const values = { ...view.state?.values, ...drafts.get(view.id) };
    fill(dialog, form(view, { values, errors, session, store, leave, send }));
    if (!dialog.open) {
      giveFocusBack = rememberFocus();
      dialog.showModal();
    }
    focusFirst(dialog, again ? focused : null);
  };

  const leave = () => session.closeModal(shown.id);

  const send = async () => {
    const view = shown;
    const values = readState(dialog);
    const errors = validate(view, values);
    if (Object.keys(errors).length) return showErrors(dialog, errors);
    const button = dialog.querySelector("[data-testid=modal-submit]");
    if (button.getAttribute("aria-busy") === "true") return undefined;
    button.setAttribute("aria-busy", "true");
    const answer = await session.submit(view.id, values);
    button.removeAttribute("aria-busy");
    return answer.errors ? showErrors(dialog, answer.errors) : undefined;
  };

  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // Escape asks the app's server to close; the dialog goes when the stack says so
    if (event.target === dialog) leave();
  });
  keepFocusInside(dialog);

  store.subscribe(["modal"], ({ modal }) => {
    if (!modal?.view) return shown ? close() : undefined;
    const same = shown && shown.id === modal.view.id && shown.hash === modal.view.hash;
    return same ? undefined : draw(modal.view, modal.errors ?? {});
  });
}

function form(view, { values, errors, session, store, leave, send }) {
  const blocks = renderBlocks(
    view.blocks,
    context({
      surface: "modal",
      directory: session.directory,
      values,
      errors,
      channel: store.state.channel,
      upload: (file) => session.upload(file),
      act: (control, action) =>
        session.act(control, { container: { type: "view", view_id: view.id }, state: readState(control.closest("dialog")), ...action }),
    }),
  );
  const node = h("form", { novalidate: true, class: "modal-form" }, head(view, leave), h("div", { class: "dialog-body" }, blocks), foot(view, leave));
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return node;
}

function head(view, leave) {
  const close = h("button", { type: "button", class: "plain-icon", "aria-label": "Close", "data-testid": "modal-close", onclick: leave }, icon("close"));
  return h("header", { class: "dialog-head" }, h("h2", { id: "modal-title" }, plainText(view.title)), close);
}

function foot(view, leave) {
  const cancel = h("button", { type: "button", class: "button", "data-testid": "modal-cancel", onclick: leave }, plainText(view.close) || "Cancel");
  const summary = h("p", { class: "visually-hidden", role: "alert", "data-role": "summary" });
  const submit = view.submit && h("button", { class: "button button-primary", "data-testid": "modal-submit" }, plainText(view.submit));
  return h("footer", { class: "dialog-foot" }, summary, cancel, submit);
}

function showErrors(dialog, errors) {
  for (const field of dialog.querySelectorAll(".block.field")) showFieldError(field, errors[field.dataset.blockId] ?? "");
  const first = dialog.querySelector("[aria-invalid=true]");
  const count = Object.keys(errors).length;
  dialog.querySelector("[data-role=summary]").textContent =
    count === 1 ? `One field needs another look: ${Object.values(errors)[0]}` : `${count} fields need another look.`;
  first?.focus();
}

function focusFirst(dialog, testId) {
  const again = testId && dialog.querySelector(`[data-testid="${CSS.escape(testId)}"]`);
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".field [data-focus]");
  (again || first || dialog.querySelector(".dialog-foot button:last-of-type"))?.focus();
}

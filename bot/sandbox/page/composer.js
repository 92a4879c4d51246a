// Where one writes: Enter sends, Shift+Enter is a new line, "/" lists commands, the bolt lists the app's shortcuts.

import { completion } from "./completion.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";

const TALLEST_PX = 200;

/** composer({session, label, testId, threadTs?, onSent?}) -> {node, input, setLabel}. threadTs() -> the thread replied to, or null. */
export function composer({ session, label, testId, threadTs = () => null, onSent = () => {} }) {
  const inThread = testId !== "composer";
  const input = h("textarea", { class: "composer-input", rows: 1, "data-testid": testId, "aria-label": label, placeholder: label });
  const send = h(
    "button",
    { class: "button button-primary button-icon", "aria-label": "Send", title: "Send", "data-testid": inThread ? "send-reply" : "send", disabled: true },
    icon("send"),
  );
  const offers = completion(input, {
    directory: () => session.directory,
    commands: () => (inThread ? [] : session.state.workspace.commands ?? []),
  });
  const node = h("form", { class: "composer" }, offers.node, !inThread && shortcutsButton(session), input, send);

  const fit = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(TALLEST_PX, input.scrollHeight)}px`;
    send.disabled = !input.value.trim();
  };
  const submit = async () => {
    const text = input.value.trim();
    if (!text || node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    input.value = "";
    offers.close();
    fit();
    const sent = await session.say(text, threadTs());
    node.removeAttribute("aria-busy");
    if (!sent && !input.value) input.value = text;
    fit();
    if (sent) onSent();
  };

  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  const setLabel = (text) => {
    input.setAttribute("aria-label", text);
    input.placeholder = text;
  };
  return { node, input, setLabel };
}

function shortcutsButton(session) {
  const node = h(
    "button",
    { class: "plain-icon", type: "button", "aria-label": "Shortcuts", title: "Shortcuts", "aria-haspopup": "menu", "data-testid": "shortcuts" },
    icon("bolt"),
  );
  node.addEventListener("click", () =>
    openMenu(node, session.shortcuts("global").map((one) => ({
      text: one.name,
      testId: `shortcut-${one.callback_id}`,
      run: () => session.runShortcut(one),
    }))),
  );
  return node;
}

// Where the keyboard is: kept inside dialogs, and given back to where it came from.

const TABBABLE = "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), summary, [tabindex='0']";

/** Tab from the last control of `root` goes to its first one, and back, while `active()`. */
export function keepFocusInside(root, active = () => true) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.defaultPrevented || !active()) return;
    const stops = [...root.querySelectorAll(TABBABLE)].filter((node) => node.checkVisibility());
    const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    other.focus();
  });
}

/** Remembers the focused control; the function it returns goes back to it, or to the one drawn in its place. */
export function rememberFocus() {
  const node = document.activeElement;
  const again = recipe(node);
  return () => {
    const target = node?.isConnected && node !== document.body ? node : again();
    (target ?? document.querySelector("[data-testid=composer]"))?.focus();
  };
}

/** Runs `redraw`; when it replaced the focused control under `root`, its successor is focused. */
export function keepFocus(root, redraw) {
  const before = root.contains(document.activeElement) ? document.activeElement : null;
  const again = recipe(before);
  redraw();
  if (before && !before.isConnected) again()?.focus({ preventScroll: true });
}

// How to find a control again after a redraw: by its test id inside the message it stands in.
function recipe(node) {
  const testId = node?.dataset?.testid;
  const ts = node?.closest?.("[data-ts]")?.dataset.ts;
  const place = ts ? `[data-ts="${CSS.escape(ts)}"] ` : "";
  return () => (testId ? document.querySelector(`${place}[data-testid="${CSS.escape(testId)}"]`) : null);
}

// On a narrow window the side bar is a drawer: opened by the menu button, closed by Escape, a choice, or a tap beside it.

import { h } from "./dom.js";
import { keepFocusInside } from "./focus.js";

const NARROW = "(max-width: 760px)";

export function createDrawer(sidebar) {
  const narrow = window.matchMedia(NARROW);
  const shade = h("div", { class: "shade", hidden: true });
  document.body.append(shade);
  let opener = null;

  const apply = (open) => {
    const shown = open && narrow.matches;
    sidebar.classList.toggle("open", shown);
    sidebar.inert = narrow.matches && !shown;
    shade.hidden = !shown;
    opener?.setAttribute("aria-expanded", String(shown));
  };
  const close = () => {
    const held = sidebar.contains(document.activeElement);
    apply(false);
    if (held && narrow.matches) opener?.focus();
  };
  shade.addEventListener("click", close);
  sidebar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  keepFocusInside(sidebar, () => narrow.matches);
  narrow.addEventListener("change", () => apply(false));
  apply(false);
  return {
    close,
    /** Makes `button` the one that opens and closes the drawer. */
    attach(button) {
      opener = button;
      button.addEventListener("click", () => {
        const open = !sidebar.classList.contains("open");
        apply(open);
        if (open) sidebar.querySelector("[aria-current]")?.focus();
      });
      apply(false);
    },
  };
}

// The app's Home tab.

import { context } from "./blocks/context.js";
import { renderBlocks } from "./blocks/index.js";
import { fill, h } from "./dom.js";
import { readState } from "./elements/state.js";
import { keepFocus } from "./focus.js";

const drawn = new WeakMap(); // node -> the view it shows

/** Brings `node` up to date with state.home; a view that did not change keeps its node and its focus. */
export function drawHome(node, store, session) {
  const { home, persona } = store.state;
  const view = home?.view ?? null;
  const signature = JSON.stringify([persona, home === null, view]);
  if (drawn.get(node) === signature) return;
  drawn.set(node, signature);
  keepFocus(node, () => fill(node, home === null ? null : h("div", { class: "home-page" }, content(view, store, session))));
}

function content(view, store, session) {
  if (!view) return h("p", { class: "empty" }, "The app has not set up a Home for this person yet.");
  return renderBlocks(
    view.blocks,
    context({
      surface: "home",
      directory: session.directory,
      values: view.state?.values ?? {},
      channel: store.state.channel,
      act: (control, action) =>
        session.act(control, {
          container: { type: "view", view_id: view.id },
          state: readState(control.closest("[data-testid=home-view]")),
          ...action,
        }),
    }),
  );
}

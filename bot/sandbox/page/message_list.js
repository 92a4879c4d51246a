// A list of messages that is brought up to date, not redrawn: what did not change keeps its node, focus and scroll.

import { now } from "./clock.js";
import { h } from "./dom.js";
import { keepFocus } from "./focus.js";
import { drawMessage } from "./message.js";
import { dayTitle } from "./text/dates.js";

const SAME_TURN_S = 300;
const NEAR_END_PX = 90;

export class MessageList {
  /** testId names the <ol>; inThread: no reply counts, no days. onArrival(messages, seen) hears of new ones. */
  constructor({ session, testId, label, inThread = false, onArrival = () => {} }) {
    this.session = session;
    this.inThread = inThread;
    this.onArrival = onArrival;
    this.drawn = new Map(); // key -> {node, signature}
    this.place = null;
    this.list = h("ol", { class: "messages", "data-testid": testId, "aria-label": label });
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, this.list);
  }

  /** Shows `messages` of `place` (any text that names the conversation or thread); a new place starts afresh. */
  show(place, channel, messages) {
    const fresh = place !== this.place;
    if (fresh) this.drawn.clear();
    this.place = place;
    const stick = fresh || this.nearEnd();
    const before = new Set(this.drawn.keys());
    keepFocus(this.list, () => this.reconcile(rows(messages, this.inThread), channel, fresh));
    const arrived = fresh ? [] : messages.filter((one) => !before.has(keyOf(one)));
    if (stick) this.toEnd();
    if (arrived.length) this.onArrival(arrived, stick);
  }

  reconcile(wanted, channel, fresh) {
    const kept = new Map();
    for (const row of wanted) {
      const old = this.drawn.get(row.key);
      const node = old?.signature === row.signature ? old.node : this.draw(row, channel);
      if (!old && !fresh) node.classList.add("arrive");
      kept.set(row.key, { node, signature: row.signature });
    }
    this.drawn = kept;
    place(this.list, [...kept.values()].map((one) => one.node));
  }

  draw(row, channel) {
    if (row.day) return h("li", { class: "day" }, h("h3", null, row.day));
    return drawMessage(row.message, { session: this.session, channel, compact: row.compact, inThread: this.inThread });
  }

  nearEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }
}

function keyOf(message) {
  return `${message.ts}${message.ephemeral ? "-ephemeral" : ""}`;
}

function rows(messages, inThread) {
  const made = [];
  let above = null;
  for (const message of messages) {
    if (message.deleted && !message.reply_count) continue;
    const day = dayTitle(Number(message.ts), now());
    if (!inThread && day !== (above && dayTitle(Number(above.ts), now()))) {
      made.push({ key: `day-${day}`, signature: day, day });
      above = null;
    }
    const compact = sameTurn(above, message);
    made.push({ key: keyOf(message), signature: JSON.stringify([compact, message]), message, compact });
    above = message;
  }
  return made;
}

function sameTurn(above, message) {
  if (!above || above.user !== message.user || above.ephemeral || message.ephemeral || message.blocks?.length || above.blocks?.length) return false;
  return Number(message.ts) - Number(above.ts) < SAME_TURN_S;
}

// Takes away what is gone, then moves only what is not in its place: a node that stays keeps its animation and focus.
function place(list, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...list.children]) if (!wanted.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
  });
}

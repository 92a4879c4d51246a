// A moment inside a text: <time>, and beside a near future one a pill that counts down.

import { now } from "../clock.js";
import { h, link } from "../dom.js";
import { ago, countdown, formatDate } from "./dates.js";

const HORIZON_S = 24 * 3600;
const NOW_S = 5;

/** The node for a date token. epoch in seconds; `address` makes it a link; `fallback` is shown when epoch is no date. */
export function instant(epoch, format, { fallback = "", address = null } = {}) {
  const text = Number.isFinite(epoch) ? formatDate(epoch, format, now()) : null;
  if (text === null) return document.createTextNode(fallback);
  const time = h("time", { datetime: new Date(epoch * 1000).toISOString(), title: fallback || null }, text);
  time.dataset.epoch = String(epoch);
  if (format.includes("{ago}")) time.dataset.format = format;
  const shown = address ? link(address, time) : time;
  const left = epoch - now();
  return left > 0 && left < HORIZON_S ? h("span", { class: "instant" }, shown, " ", pill(epoch)) : shown;
}

function pill(epoch) {
  const node = h("span", { class: "countdown", role: "timer", "aria-live": "off", "data-testid": "countdown" });
  node.dataset.until = String(epoch);
  paint(node);
  return node;
}

function paint(node) {
  const left = Number(node.dataset.until) - now();
  const state = left > 60 ? "later" : left > 0 ? "soon" : "over";
  const text = left > 0 ? `in ${countdown(left)}` : left > -NOW_S ? "now" : ago(left);
  if (node.textContent !== text) node.textContent = text;
  if (node.dataset.state !== state) node.dataset.state = state;
}

/** Repaints every pill and "... ago" under `root`. */
export function tick(root) {
  root.querySelectorAll(".countdown[data-until]").forEach(paint);
  for (const time of root.querySelectorAll("time[data-format]")) {
    const text = formatDate(Number(time.dataset.epoch), time.dataset.format, now());
    if (time.textContent !== text) time.textContent = text;
  }
}

/** The nearest instant, in epoch seconds, that still lies ahead among the pills under `root`; null when there is none. */
export function nearest(root) {
  const ahead = [...root.querySelectorAll(".countdown[data-until]")]
    .map((node) => Number(node.dataset.until))
    .filter((epoch) => epoch > now());
  return ahead.length ? Math.min(...ahead) : null;
}

// Dates and times, through the browser's own pickers, in the reader's local time.

import { h } from "../dom.js";
import { attributes, bind, earlier, fire } from "./state.js";

/** "2026-11-05" */
export const datepicker = picker("date", "selected_date", "initial_date");

/** "16:40" */
export const timepicker = picker("time", "selected_time", "initial_time");

/** Epoch seconds. */
export const datetimepicker = picker("datetime-local", "selected_date_time", "initial_date_time", {
  show: (epoch) => localIso(new Date(epoch * 1000)),
  read: (text) => Math.floor(new Date(text).getTime() / 1000),
});

function picker(type, key, initial, { show = (value) => value, read = (text) => text } = {}) {
  return (element, slot) => {
    const before = earlier(element, slot);
    const start = before ? before[key] : element[initial];
    const node = h("input", { type, class: "input input-short", ...attributes(element, slot), value: start ? show(start) : "" });
    const state = () => ({ [key]: node.value ? read(node.value) : null });
    node.addEventListener("change", () => fire(node, element, slot, state()));
    return bind(node, element, slot, state);
  };
}

function localIso(date) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

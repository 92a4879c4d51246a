// The few line icons of the page, drawn on a 20 x 20 grid.

const PATHS = {
  menu: "M3 6h14M3 10h14M3 14h14",
  close: "M5 5l10 10M15 5L5 15",
  back: "M12 4l-6 6 6 6",
  send: "M3 10l14-6-5 13-3-5.5L3 10z",
  bolt: "M11 2L4 11.5h5L8.5 18 16 8.5h-5L11 2z",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  reply: "M3 4.5h14v9H9L5.5 17v-3.5H3z",
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 8a2 2 0 100 4 2 2 0 000-4z",
  help: "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM7.8 7.8c.2-1.2 1-1.9 2.2-1.9 1.3 0 2.2.8 2.2 1.9 0 1.6-2.2 1.7-2.2 3.3M10 13.9h.01",
  clock: "M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 6v4.3l2.8 1.7",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 016 0V9",
  down: "M5 8l5 5 5-5",
  check: "M4 10.5l4 4 8-9",
};

/** icon("send") -> <svg>, hidden from assistive technology: the words beside it carry the meaning. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of [["viewBox", "0 0 20 20"], ["class", `icon icon-${name}`], ["aria-hidden", "true"]]) {
    svg.setAttribute(key, value);
  }
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

// Files from one's computer. Each is handed over as soon as it is chosen; the form then names what was taken.

import { fill, h } from "../dom.js";
import { attributes, bind, earlier } from "./state.js";

const MOST = 10; // what Slack takes where the app says nothing

export function fileInput(element, slot) {
  const most = element.max_files ?? MOST;
  const shared = attributes(element, slot);
  const chosen = [...(earlier(element, slot)?.files ?? [])];
  const input = h("input", { type: "file", class: "input", ...shared, accept: endings(element), multiple: most > 1 });
  const list = h("ul", { class: "chosen-files" });
  const status = h("p", { class: "visually-hidden", role: "status" });
  const node = h("div", { class: "files", "data-testid": `files-${element.action_id}` }, list, input, status);

  const paint = () => {
    list.hidden = chosen.length === 0;
    input.hidden = chosen.length >= most;
    fill(list, chosen.map((file) => row(file, shared, () => remove(file))));
  };
  const remove = (file) => {
    chosen.splice(chosen.indexOf(file), 1);
    status.textContent = `${file.name} is removed.`;
    paint();
    input.focus();
  };
  input.addEventListener("change", async () => {
    input.setAttribute("aria-busy", "true");
    const taken = await handOver([...input.files].slice(0, most - chosen.length), slot);
    input.removeAttribute("aria-busy");
    input.value = "";
    chosen.push(...taken);
    if (taken.length) status.textContent = `${taken.map((file) => file.name).join(", ")} is chosen.`;
    paint();
    if (input.hidden) list.querySelector("li:last-child button").focus();
  });
  paint();
  return bind(node, element, slot, () => ({ files: chosen }));
}

async function handOver(files, slot) {
  const taken = [];
  for (const file of files) taken.push(await slot.upload(file));
  return taken.filter(Boolean);
}

// What is wrong with the field is said at the button while nothing more can be chosen.
function row(file, shared, remove) {
  const button = h(
    "button",
    { type: "button", class: "button", "data-focus": true, "aria-label": `Remove ${file.name}`, "aria-describedby": shared["aria-describedby"], onclick: remove },
    "Remove",
  );
  return h("li", { "data-testid": "chosen-file" }, h("span", { class: "chosen-name" }, file.name), h("span", { class: "detail" }, size(file.size)), button);
}

function size(bytes) {
  return bytes < 1000 ? `${bytes} bytes` : bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function endings(element) {
  return element.filetypes?.length ? element.filetypes.map((ending) => `.${ending}`).join(",") : null;
}

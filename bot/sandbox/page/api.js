// The page's only way to the server: small JSON calls. A refusal is an ApiError whose message is a sentence for people.

export class ApiError extends Error {}

const UNREACHABLE = "The sandbox cannot be reached. Is it still running?";

async function call(path, options) {
  let response;
  try {
    response = await fetch(`/sandbox/${path}`, options);
  } catch {
    throw new ApiError(UNREACHABLE); // the network said no: there is no answer to read
  }
  const body = await response.json().catch(() => ({ ok: false }));
  if (!response.ok) throw new ApiError(body.error ?? `The sandbox answered with an error (${response.status}).`);
  if (body?.ok === false && !body.errors) throw new ApiError(body.error ?? "That did not work. Please try again.");
  return body;
}

function get(path, query = {}) {
  const search = new URLSearchParams(query).toString();
  return call(search ? `${path}?${search}` : path);
}

function post(path, body) {
  return call(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** The bytes of a file as they are; its name and whose it is go along in the address. */
function send(path, query, file) {
  return call(`${path}?${new URLSearchParams(query)}`, { method: "POST", headers: { "content-type": "application/octet-stream" }, body: file });
}

/** Where the page sees a file: apps fetch it elsewhere, with their token. */
export function fileAddress(file) {
  return new URL(`/sandbox/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}`, location.href).href;
}

/** Every call takes the persona's user id first, except `workspace`. */
export const api = {
  workspace: () => get("workspace"),
  conversations: (as) => get("conversations", { as }),
  messages: (as, channel) => get("messages", { as, channel }),
  thread: (as, channel, ts) => get("thread", { as, channel, ts }),
  modal: (as) => get("modal", { as }),
  home: (as) => get("home", { as }),
  read: (as, channel) => post("read", { as, channel }),
  message: (as, channel, text, threadTs) =>
    post("message", { as, channel, text, ...(threadTs ? { thread_ts: threadTs } : {}) }),
  command: (as, channel, command, text) => post("command", { as, channel, command, text }),
  shortcut: (as, callbackId, place) => post("shortcut", { as, callback_id: callbackId, ...place }),
  action: (as, action) => post("action", { as, ...action }),
  submit: (as, viewId, values) => post("submit", { as, view_id: viewId, values }),
  file: (as, file) => send("file", { as, name: file.name }, file),
  close: (as, viewId) => post("close", { as, view_id: viewId }),
  openHome: (as) => post("home", { as }),
};

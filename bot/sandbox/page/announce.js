// Tells a screen reader what arrived, in one short line each.

import { readable } from "./text/objects.js";

const LONGEST = 240;

export function announce(messages, session) {
  const { directory, persona } = session;
  const lines = messages
    .filter((message) => message.user !== persona && !message.deleted)
    .map((message) => `${directory.userName(message.user)}: ${readable(message.text ?? "", directory).slice(0, LONGEST)}`);
  if (lines.length) document.getElementById("announcer").textContent = lines.join("\n");
}

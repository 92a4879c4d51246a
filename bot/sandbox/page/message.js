// One message: who, when, what it says, and what one can do with it.

import { fileAddress } from "./api.js";
import { avatar } from "./avatar.js";
import { context } from "./blocks/context.js";
import { renderBlocks } from "./blocks/index.js";
import { now } from "./clock.js";
import { h } from "./dom.js";
import { picture } from "./elements/picture.js";
import { readState } from "./elements/state.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { formatDate } from "./text/dates.js";
import { emoji } from "./text/emoji.js";
import { mrkdwn } from "./text/mrkdwn.js";

/** drawMessage(message, {session, channel, compact, inThread}) -> <li>. compact: same author as the one above. */
export function drawMessage(message, options) {
  const { session, compact, inThread } = options;
  const { directory } = session;
  const app = directory.isApp(message.user);
  const author = app ? { name: directory.userName(message.user), initials: null } : directory.user(message.user);
  const kind = ["message", compact && "message-compact", message.ephemeral && "message-ephemeral"].filter(Boolean).join(" ");
  return h(
    "li",
    { class: kind, "data-testid": "message", "data-ts": message.ts, "data-user": message.user },
    compact ? h("span", { class: "gutter" }, stamp(message)) : avatar(author, { app }),
    h(
      "article",
      { class: "message-main", "aria-label": `${author.name}, ${clockTime(message.ts)}` },
      message.ephemeral && h("p", { class: "ephemeral" }, icon("eye"), "Only visible to you"),
      !compact && head(message, author, app),
      body(message, options),
      !inThread && message.reply_count > 0 && replies(message, session),
    ),
    toolbar(message, options),
  );
}

function head(message, author, app) {
  return h(
    "p",
    { class: "message-head" },
    h("strong", { class: "author" }, author.name),
    app && h("span", { class: "badge-app" }, "App"),
    !app && author.title && h("span", { class: "author-title" }, author.title),
    stamp(message),
  );
}

function stamp(message) {
  return h("time", { class: "stamp", datetime: new Date(message.ts * 1000).toISOString() }, clockTime(message.ts));
}

function clockTime(ts) {
  return formatDate(Number(ts), "{time}", now());
}

function body(message, { session, channel }) {
  if (message.deleted) return h("p", { class: "note" }, "This message was deleted.");
  const edited = message.edited && h("span", { class: "edited" }, "(edited)");
  const blocks = message.blocks ?? [];
  const content = blocks.length
    ? renderBlocks(blocks, messageContext(message, session, channel))
    : [h("div", { class: "text" }, mrkdwn(message.text ?? "", session.directory), edited && " ", edited)];
  return h("div", { class: "message-body" }, content, blocks.length > 0 && edited, attachedFiles(message), reactions(message));
}

/** Pictures are shown, other files are links. */
function attachedFiles(message) {
  if (!message.files?.length) return null;
  return message.files.map((file) => {
    const words = file.alt_txt || file.title || file.name;
    if (!file.mimetype?.startsWith("image/")) return h("p", { class: "file" }, h("a", { href: fileAddress(file), download: file.name }, file.title || file.name));
    return h("figure", { class: "file", "data-testid": "file" }, picture({ image_url: fileAddress(file), alt_text: words }), h("figcaption", null, file.title || file.name));
  });
}

function messageContext(message, session, channel) {
  const container = { type: "message", channel, ts: message.ts, ...(message.ephemeral ? { ephemeral: true } : {}) };
  return context({
    surface: "message",
    directory: session.directory,
    channel,
    act: (control, action) => session.act(control, { container, state: readState(control.closest("[data-ts]")), ...action }),
  });
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  return h("ul", { class: "reactions", "aria-label": "Reactions" }, message.reactions.map((one) => {
    const count = one.count ?? one.users?.length ?? 1;
    return h("li", { title: `:${one.name}:` }, `${emoji(one.name) ?? `:${one.name}:`} ${count}`);
  }));
}

function replies(message, session) {
  const count = message.reply_count;
  const latest = message.latest_reply && h("span", { class: "detail" }, `last ${formatDate(Number(message.latest_reply), "{time}", now())}`);
  return h(
    "button",
    { class: "replies", type: "button", "data-testid": "open-thread", onclick: () => session.openThread(message.ts) },
    h("span", null, `${count} ${count === 1 ? "reply" : "replies"}`),
    latest,
  );
}

function toolbar(message, { session, channel, inThread }) {
  const shortcuts = message.ephemeral || message.deleted ? [] : session.shortcuts("message");
  const reply = !inThread && !message.ephemeral && h(
    "button",
    { class: "plain-icon", type: "button", "aria-label": "Reply in thread", title: "Reply in thread", "data-testid": "reply",
      onclick: () => session.openThread(message.ts) },
    icon("reply"),
  );
  const more = shortcuts.length > 0 && h(
    "button",
    { class: "plain-icon", type: "button", "aria-label": "More message actions", title: "More message actions",
      "aria-haspopup": "menu", "data-testid": "message-menu" },
    icon("more"),
  );
  more && more.addEventListener("click", () => openMenu(more, shortcuts.map((one) => ({
    text: one.name,
    testId: `shortcut-${one.callback_id}`,
    run: () => session.runShortcut(one, { channel, ts: message.ts }),
  }))));
  return (reply || more) && h("div", { class: "toolbar", role: "group", "aria-label": "Message actions" }, reply, more);
}

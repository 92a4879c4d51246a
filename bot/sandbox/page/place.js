// The address of what is on screen: #maya/issues. It survives a reload and can be opened in a second window.

/** -> {handle, conversation}, either may be undefined. */
export function read() {
  const [handle, conversation] = decodeURIComponent(location.hash.slice(1)).split("/");
  return { handle: handle || undefined, conversation: conversation || undefined };
}

export function write(persona, conversation) {
  history.replaceState(null, "", `#${persona.handle}/${encodeURIComponent(slug(conversation))}`);
}

export function find(conversations, name) {
  return conversations?.find((one) => slug(one) === name);
}

/** The stable short name of a conversation; the one with the app is "app". */
export function slug(conversation) {
  return conversation.kind === "dm" ? "app" : conversation.name;
}

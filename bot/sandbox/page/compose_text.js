// From what a person types to what Slack's clients send: the three escapes, and mentions by id.

/** wire("hi @maya & <all>", directory) -> "hi <@U1> &amp; &lt;all&gt;" */
export function wire(text, directory) {
  const escaped = text.replace(/[&<>]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[char]);
  return namedMentions(escaped, directory).replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before, name) => {
    const found = directory.conversations.find((one) => one.name === name && one.kind !== "dm");
    return found ? `${before}<#${found.id}|${name}>` : whole;
  });
}

/** Everybody who can be mentioned: [{id, name, handle, title, token}], the app first. */
export function mentionable(directory) {
  const { app } = directory.workspace;
  const people = directory.people().map((user) => ({ ...user, token: `<@${user.id}>` }));
  const groups = Object.values(directory.workspace.groups ?? {}).map((group) => ({
    id: group.id, name: group.name, handle: group.handle, title: "Group", token: `<!subteam^${group.id}>`,
  }));
  const self = { id: app.bot_user_id, name: app.name, handle: app.name.toLowerCase(), title: "App", token: `<@${app.bot_user_id}>` };
  return [self, ...people, ...groups];
}

// The longest name wins: "@maya lind" is Maya Lind, not the "@maya" of somebody else.
function namedMentions(text, directory) {
  const names = mentionable(directory)
    .flatMap(({ name, handle, token }) => [[name, token], [handle, token]])
    .filter(([name]) => name)
    .sort(([a], [b]) => b.length - a.length);
  return text.replace(/(^|[\s(])@([^\s@][^@]*)/g, (whole, before, rest) => {
    const found = names.find(([name]) => startsWithName(rest, name));
    return found ? `${before}${found[1]}${rest.slice(found[0].length)}` : whole;
  });
}

function startsWithName(rest, name) {
  return rest.toLowerCase().startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}_-]/u.test(rest.slice(name.length));
}

// Who is who: names for the ids that messages carry.

/** A read-only view on the workspace answer and the conversations the persona can see. */
export class Directory {
  constructor(workspace, conversations = []) {
    this.workspace = workspace;
    this.conversations = conversations;
  }

  user(id) {
    return this.workspace.users[id] ?? { id, handle: id, name: "Unknown person", title: "", initials: "?", color: "#6b7280" };
  }

  isApp(id) {
    return id === this.workspace.app.bot_user_id;
  }

  userName(id) {
    return this.isApp(id) ? this.workspace.app.name : this.user(id).name;
  }

  groupName(id) {
    const group = this.workspace.groups?.[id];
    return group ? group.handle : "group";
  }

  channelName(id) {
    return this.conversations.find((one) => one.id === id)?.name ?? this.workspace.public_channels?.[id] ?? null;
  }

  /** People one may choose in a form, by name: nobody who left, no bots. */
  people() {
    return Object.values(this.workspace.users)
      .filter((user) => !user.deleted && !user.is_bot && !this.isApp(user.id))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Conversations one may choose in a form. kinds: a list out of "channel", "private". */
  channels(kinds) {
    return this.conversations.filter((one) => kinds.includes(one.kind) && !one.archived);
  }
}

// Who and what can be mentioned after "@". The sandbox turns "@handle" into Slack's own notation when it is sent.

/** [{handle, name, title}], the app first. */
export function mentionable(directory) {
  const { app, groups = {} } = directory.workspace;
  const self = { handle: directory.user(app.bot_user_id).handle, name: app.name, title: "App" };
  const teams = Object.values(groups).map(({ handle, name }) => ({ handle, name: name || handle, title: "Group" }));
  return [self, ...directory.people(), ...teams];
}

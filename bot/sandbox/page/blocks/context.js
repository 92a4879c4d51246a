// What a block needs to know of the place it stands in.
//
// context = {
//   surface    "message" | "modal" | "home"
//   directory  Directory: names for ids
//   values     {block_id: {action_id: state value}}: what was typed before a redraw
//   errors     {block_id: text}: what the app refused at the last submit (modal only)
//   channel    the conversation on screen, for `default_to_current_conversation`
//   upload     async (File) -> what Slack knows of the file, or null when it was refused (modal only)
//   act        async (control, {blockId, actionId, payload}): tells the app; shows what went wrong
// }

/** A context for a place where nothing can be pressed. */
export function context({ surface, directory, values = {}, errors = {}, channel = null, upload = null, act }) {
  return Object.freeze({ surface, directory, values, errors, channel, upload, act });
}

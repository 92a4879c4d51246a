// The shortcodes people and apps commonly write. An unknown one stays as it was typed.

const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", ok_hand: "👌", wave: "👋", clap: "👏", raised_hands: "🙌",
  pray: "🙏", muscle: "💪", eyes: "👀", point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇", raised_hand: "✋",
  handshake: "🤝", smile: "😄", smiley: "😃", grinning: "😀", slightly_smiling_face: "🙂", blush: "😊", wink: "😉", joy: "😂",
  thinking_face: "🤔", neutral_face: "😐", disappointed: "😞", cry: "😢", sob: "😭", sweat_smile: "😅", sunglasses: "😎",
  heart: "❤️", green_heart: "💚", blue_heart: "💙", yellow_heart: "💛", tada: "🎉", sparkles: "✨", star: "⭐", star2: "🌟",
  trophy: "🏆", medal: "🏅", gift: "🎁", balloon: "🎈", rocket: "🚀", fire: "🔥", zap: "⚡", bulb: "💡", gear: "⚙️",
  wrench: "🔧", hammer_and_wrench: "🛠️", mag: "🔍", lock: "🔒", unlock: "🔓", key: "🔑", link: "🔗", paperclip: "📎",
  pushpin: "📌", round_pushpin: "📍", memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋", calendar: "📆", date: "📅",
  spiral_calendar_pad: "🗓️", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊",
  books: "📚", book: "📖", bookmark: "🔖", file_folder: "📁", package: "📦", email: "📧", envelope: "✉️", inbox_tray: "📥",
  outbox_tray: "📤", phone: "☎️", telephone_receiver: "📞", iphone: "📱", computer: "💻", bell: "🔔", no_bell: "🔕",
  loudspeaker: "📢", mega: "📣", speech_balloon: "💬", thought_balloon: "💭", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", stopwatch: "⏱️", timer_clock: "⏲️", alarm_clock: "⏰", watch: "⌚", clock1: "🕐", clock3: "🕒",
  warning: "⚠️", rotating_light: "🚨", sos: "🆘", no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑", x: "❌",
  heavy_check_mark: "✔️", white_check_mark: "✅", ballot_box_with_check: "☑️", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", question: "❓", grey_question: "❔", exclamation: "❗", bangbang: "‼️", information_source: "ℹ️",
  red_circle: "🔴", large_orange_circle: "🟠", orange_circle: "🟠", large_yellow_circle: "🟡", yellow_circle: "🟡",
  large_green_circle: "🟢", green_circle: "🟢", large_blue_circle: "🔵", blue_circle: "🔵", white_circle: "⚪",
  black_circle: "⚫", red_square: "🟥", large_green_square: "🟩", small_blue_diamond: "🔹", small_orange_diamond: "🔸",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_left: "⬅️", arrow_right: "➡️", arrow_up_small: "🔼", arrow_upper_right: "↗️",
  leftwards_arrow_with_hook: "↩️", arrow_right_hook: "↪️", arrows_counterclockwise: "🔄", repeat: "🔁", rewind: "⏪",
  fast_forward: "⏩", double_vertical_bar: "⏸️", pause_button: "⏸️", arrow_forward: "▶️", ladder: "🪜", house: "🏠",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", shield: "🛡️", fire_engine: "🚒", ambulance: "🚑", hospital: "🏥",
  beach_with_umbrella: "🏖️", palm_tree: "🌴", coffee: "☕", sunrise: "🌅", sunny: "☀️", crescent_moon: "🌙", zzz: "💤",
  seedling: "🌱", fish: "🐟", fishing_pole_and_fish: "🎣", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣",
};

const TABLE = new Map(Object.entries(EMOJI));

/** emoji("tada") -> "🎉", or null. */
export function emoji(name) {
  return TABLE.get(name) ?? null;
}

/** Replaces the shortcodes inside a plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]{1,40}):/g, (whole, name) => emoji(name) ?? whole);
}

// Date tokens: `<!date^1767225600^{date_short} {time}|fallback>` as each reader's own local time.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const HALF_YEAR_DAYS = 183;

const TOKENS = {
  date_num: (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
  date_slash: (at) => `${two(at.getMonth() + 1)}/${two(at.getDate())}/${at.getFullYear()}`,
  date: longDate,
  date_short: (at) => `${MONTHS[at.getMonth()].slice(0, 3)} ${at.getDate()}, ${at.getFullYear()}`,
  date_long: (at) => `${DAYS[at.getDay()]}, ${MONTHS[at.getMonth()]} ${ordinal(at.getDate())}, ${at.getFullYear()}`,
  date_pretty: (at, today) => relativeDay(at, today) ?? longDate(at, today),
  date_short_pretty: (at, today) => relativeDay(at, today) ?? TOKENS.date_short(at),
  date_long_pretty: (at, today) => relativeDay(at, today) ?? TOKENS.date_long(at),
  time: (at) => at.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit" }),
  time_secs: (at) => at.toLocaleTimeString(undefined, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago: (at, today) => ago((at - today) / 1000),
};

/** formatDate(1767225600, "{date_short} at {time}", now) -> text. An unknown token is left as it is. */
export function formatDate(epoch, format, now) {
  const at = new Date(epoch * 1000);
  if (Number.isNaN(at.getTime())) return null;
  const today = new Date(now * 1000);
  return format.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(TOKENS, name) ? TOKENS[name](at, today) : whole));
}

/** ago(-180) -> "3 minutes ago"; ago(7200) -> "in 2 hours". Seconds from now. */
export function ago(seconds) {
  const size = Math.abs(seconds);
  if (size < 5) return "now";
  const [unit, length] = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]].find(([, one]) => size >= one);
  const count = Math.floor(size / length);
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `${words} ago` : `in ${words}`;
}

/** countdown(83) -> "1:23"; countdown(3723) -> "1:02:03". Whole seconds, rounded up: 0:00 is never "still time". */
export function countdown(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** "Today", "Yesterday" or a long date: the line between two days of messages. */
export function dayTitle(epoch, now) {
  return capital(TOKENS.date_long_pretty(new Date(epoch * 1000), new Date(now * 1000)));
}

function two(number) {
  return String(number).padStart(2, "0");
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ordinal(day) {
  const ending = day % 100 >= 11 && day % 100 <= 13 ? "th" : { 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th";
  return `${day}${ending}`;
}

function daysBetween(at, today) {
  const midnight = (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(at) - midnight(today)) / 86400000);
}

function relativeDay(at, today) {
  return { [-1]: "yesterday", 0: "today", 1: "tomorrow" }[daysBetween(at, today)] ?? null;
}

// The year is left out while it is obvious.
function longDate(at, today) {
  const short = `${MONTHS[at.getMonth()]} ${ordinal(at.getDate())}`;
  return Math.abs(daysBetween(at, today)) < HALF_YEAR_DAYS ? short : `${short}, ${at.getFullYear()}`;
}

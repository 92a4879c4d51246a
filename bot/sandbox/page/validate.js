// What Slack's own client checks before it sends a form. The sentences say what to do.

const RULES = [
  { when: ({ required, empty }) => required && empty, say: () => "Please fill in this field." },
  { when: ({ empty }) => empty, say: () => null },
  {
    when: ({ element, text }) => text !== null && element.min_length && text.length < element.min_length,
    say: ({ element }) => `Please write at least ${element.min_length} characters.`,
  },
  {
    when: ({ element, text }) => text !== null && element.max_length && text.length > element.max_length,
    say: ({ element, text }) => `This is ${text.length - element.max_length} characters too long (at most ${element.max_length}).`,
  },
  {
    when: ({ element, text }) => element.type === "email_text_input" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text),
    say: () => "Please write an e-mail address, like name@example.com.",
  },
  {
    when: ({ element, text }) => element.type === "url_text_input" && !URL.canParse(text),
    say: () => "Please write a whole address, starting with https://.",
  },
  { when: ({ element }) => element.type === "number_input", say: ({ element, text }) => numberError(element, text) },
];

/** validate(view, values) -> {block_id: sentence} for each field that needs another look; empty when all is well. */
export function validate(view, values) {
  const found = view.blocks
    .filter((block) => block.type === "input")
    .map((block) => [block.block_id, fieldError(block, values[block.block_id]?.[block.element.action_id] ?? {})]);
  return Object.fromEntries(found.filter(([, sentence]) => sentence));
}

function fieldError(block, state) {
  const value = Object.entries(state).find(([key]) => key !== "type")?.[1] ?? null;
  const text = typeof value === "string" ? value : null;
  const empty = value === null || text?.trim() === "" || (Array.isArray(value) && value.length === 0);
  const facts = { element: block.element, required: !block.optional, empty, text };
  return RULES.find((rule) => rule.when(facts))?.say(facts) ?? null;
}

function numberError(element, text) {
  const number = Number(text);
  if (!Number.isFinite(number)) return "Please write a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please write a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Please write ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Please write ${element.max_value} or less.`;
  return null;
}

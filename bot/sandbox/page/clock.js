// The sandbox's time, not the browser's: the two may differ, and instants in messages are the sandbox's.

let offset = 0;

/** Learns the sandbox's present moment, in epoch seconds. */
export function syncClock(now) {
  offset = now - Date.now() / 1000;
}

/** Epoch seconds, as the sandbox counts them. */
export function now() {
  return Date.now() / 1000 + offset;
}

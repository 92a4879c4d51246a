// One WebSocket for all personas, so that everybody's unread marks stay true, whoever is being played.
// (One for each would be slowed down by browsers, which open only a few to one place at a time.)

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5000;

/** Keeps a connection open for `userIds`. Calls onChange(userId, event), and onStatus("live" | "lost") on each turn. */
export function listen(userIds, { onChange, onStatus }) {
  let wait = FIRST_WAIT_MS;
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/sandbox/live?as=${encodeURIComponent(userIds.join(","))}`);
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT_MS;
      onStatus("live");
    });
    socket.addEventListener("message", (message) => {
      const event = JSON.parse(message.data);
      if (event.type === "changed") onChange(event.as, event);
    });
    socket.addEventListener("close", () => {
      onStatus("lost");
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  connect();
}

/** Runs `task` now; calls made meanwhile are folded into one further run, so the last state always is fetched. */
export function coalesce(task) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await task();
    } while (again);
  };
  return () => {
    if (running) {
      again = true;
      return running;
    }
    running = run().finally(() => {
      running = null;
    });
    return running;
  };
}

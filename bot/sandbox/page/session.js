// What the person at the page does, and what the page fetches because of it. Draws nothing.

import { api, ApiError } from "./api.js";
import { syncClock } from "./clock.js";
import { Directory } from "./directory.js";
import { coalesce, listen } from "./live.js";
import * as place from "./place.js";
import { toast } from "./toast.js";

export class Session {
  constructor(store) {
    this.store = store;
    this.last = {}; // persona id -> the conversation they looked at last
    const fetchers = { messages: this.fetchMessages, thread: this.fetchThread, modal: this.fetchModal, home: this.fetchHome };
    this.refresh = Object.fromEntries(
      Object.entries(fetchers).map(([name, fetcher]) => [name, coalesce(() => this.attempt(() => fetcher.call(this)))]),
    );
    this.refreshConversations = {};
  }

  get state() {
    return this.store.state;
  }

  get persona() {
    return this.state.persona;
  }

  get directory() {
    return new Directory(this.state.workspace, this.state.conversations[this.persona] ?? []);
  }

  /** The conversation on screen, or null. */
  get conversation() {
    return (this.state.conversations[this.persona] ?? []).find((one) => one.id === this.state.channel) ?? null;
  }

  /** Shortcuts of a type: "global" or "message". */
  shortcuts(type) {
    return (this.state.workspace.shortcuts ?? []).filter((one) => one.type === type);
  }

  /** Loads the workspace, shows the place the address names (or the first persona), and listens for changes. */
  async start() {
    const workspace = await api.workspace();
    syncClock(workspace.now);
    this.store.set({ workspace });
    for (const { id } of workspace.personas) {
      this.refreshConversations[id] = coalesce(() => this.attempt(() => this.fetchConversations(id)));
    }
    await this.connect(workspace.personas.map(({ id }) => id));
    await Promise.all(workspace.personas.map(({ id }) => this.refreshConversations[id]()));
    const wanted = place.read();
    const first = workspace.personas.find((one) => one.handle === wanted.handle) ?? workspace.personas[0];
    const channel = place.find(this.state.conversations[first.id], wanted.conversation);
    await this.become(first.id, channel?.id);
  }

  /** Resolves once it listens, or could not: no change is missed by what is fetched afterwards. */
  connect(userIds) {
    return new Promise((resolve) => {
      let known = false;
      listen(userIds, {
        onChange: (userId, event) => this.changed(userId, event),
        onStatus: (live) => {
          this.store.set({ live });
          if (live === "live" && known) this.catchUp(userIds);
          known = true;
          resolve();
        },
      });
    });
  }

  /** Everything may have changed while the connection was away. */
  async catchUp(userIds) {
    for (const userId of userIds) this.refreshConversations[userId]();
    await this.attempt(async () => syncClock((await api.workspace()).now));
    await Promise.all(Object.values(this.refresh).map((fetchAgain) => fetchAgain()));
  }

  changed(userId, { what, channel, thread_ts: threadTs }) {
    if (what === "messages" || what === "conversations") this.refreshConversations[userId]();
    if (userId !== this.persona) return;
    if (what === "messages") {
      if (!channel || channel === this.state.channel) this.refresh.messages();
      if (this.state.threadTs && (!threadTs || threadTs === this.state.threadTs)) this.refresh.thread();
    }
    if (what === "modal") this.refresh.modal();
    if (what === "home") this.refresh.home();
  }

  /** Play another person. They arrive where they were last, else where somebody waits for them. */
  async become(userId, channel) {
    const mine = this.state.conversations[userId] ?? [];
    const target = [channel, this.last[userId]].find((id) => mine.some((one) => one.id === id))
      ?? mine.find((one) => one.unread && (one.kind === "dm" || one.mention))?.id
      ?? mine.find((one) => one.id === this.state.channel)?.id
      ?? mine[0]?.id
      ?? null;
    this.store.set({ persona: userId, channel: null, messages: null, threadTs: null, thread: null, modal: null, home: null });
    this.refresh.modal();
    if (target) await this.open(target);
  }

  /** Shows a conversation; tab "home" is the app's Home, for the conversation with the app only. */
  async open(channel, tab = "messages") {
    const mine = this.state.conversations[this.persona] ?? [];
    const conversation = mine.find((one) => one.id === channel);
    if (!conversation) return toast("You are not in that channel.", { kind: "note" });
    this.last[this.persona] = channel;
    const moved = channel !== this.state.channel;
    this.store.set({ channel, tab, threadTs: null, thread: null, ...(moved ? { messages: null } : {}) });
    place.write(this.state.workspace.personas.find((one) => one.id === this.persona), conversation);
    return tab === "home" ? this.openHome() : this.refresh.messages();
  }

  async openHome() {
    await this.attempt(() => api.openHome(this.persona));
    await this.refresh.home();
  }

  async openThread(ts) {
    this.store.set({ threadTs: ts, thread: null });
    await this.refresh.thread();
  }

  closeThread() {
    this.store.set({ threadTs: null, thread: null });
  }

  async fetchConversations(userId) {
    const found = await api.conversations(userId);
    this.store.set({ conversations: { ...this.state.conversations, [userId]: found } });
  }

  async fetchMessages() {
    const { persona, channel, tab } = this.state;
    if (!persona || !channel) return;
    const messages = await api.messages(persona, channel);
    if (persona !== this.persona || channel !== this.state.channel) return;
    this.store.set({ messages });
    if (tab === "messages" && this.conversation?.unread) {
      await api.read(persona, channel);
      await this.refreshConversations[persona]();
    }
  }

  async fetchThread() {
    const { persona, channel, threadTs } = this.state;
    if (!threadTs) return;
    const thread = await api.thread(persona, channel, threadTs);
    if (persona === this.persona && threadTs === this.state.threadTs) this.store.set({ thread });
  }

  async fetchModal() {
    const { persona } = this.state;
    if (!persona) return;
    const modal = await api.modal(persona);
    if (persona === this.persona) this.store.set({ modal });
  }

  async fetchHome() {
    const { persona, tab } = this.state;
    if (!persona || tab !== "home") return;
    const home = await api.home(persona);
    if (persona === this.persona) this.store.set({ home });
  }

  /** Sends what was written; -> true when it went out. A known command at its start runs as a slash command. */
  async say(text, threadTs) {
    const [word] = text.split(/\s/, 1);
    const command = (this.state.workspace.commands ?? []).find((one) => one.command === word);
    if (command && threadTs) {
      toast(`${word} does not work in threads. Write it in the channel, or mention the app here.`);
      return false;
    }
    return this.attempt(async () => {
      if (command) await api.command(this.persona, this.state.channel, word, text.slice(word.length).trim());
      else await api.message(this.persona, this.state.channel, text, threadTs);
      await this.afterwards();
    });
  }

  runShortcut(shortcut, where = {}) {
    return this.attempt(async () => {
      await api.shortcut(this.persona, shortcut.callback_id, where);
      await this.afterwards();
    });
  }

  /** Tells the app that a control was used. The control is busy until the answer has come. */
  async act(control, { container, blockId, actionId, payload, state }) {
    control.setAttribute("aria-busy", "true");
    await this.attempt(async () => {
      await api.action(this.persona, { container, block_id: blockId, action_id: actionId, ...payload, state });
      await this.afterwards();
    });
    control.removeAttribute("aria-busy");
  }

  /** -> {} when accepted, or {errors: {block_id: text}}. */
  async submit(viewId, values) {
    let answer = {};
    await this.attempt(async () => {
      answer = await api.submit(this.persona, viewId, values);
      if (!answer.errors) await this.afterwards();
    });
    return answer;
  }

  /** Hands a chosen file over. -> what Slack knows of it, or null when it was refused. */
  async upload(file) {
    let taken = null;
    await this.attempt(async () => {
      taken = (await api.file(this.persona, file)).file;
    });
    return taken;
  }

  closeModal(viewId) {
    return this.attempt(async () => {
      await api.close(this.persona, viewId);
      await this.refresh.modal();
    });
  }

  // The live connection tells of changes as well; asking once more keeps the page right when it is away.
  async afterwards() {
    const jobs = [this.refresh.modal(), this.refresh.messages()];
    if (this.state.threadTs) jobs.push(this.refresh.thread());
    if (this.state.tab === "home") jobs.push(this.refresh.home());
    await Promise.all(jobs);
  }

  /** Runs `task`; a refusal becomes a notice. -> did it work? */
  async attempt(task) {
    try {
      await task();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(error.message);
      return false;
    }
  }
}

// What the page knows, in one place. Whoever draws subscribes; nobody changes the state but through `set`.

export function createStore(initial) {
  let state = Object.freeze({ ...initial });
  const listeners = [];
  return {
    get state() {
      return state;
    },
    /** Merges `patch`; listeners hear (state, changed) where changed is the Set of keys whose value differs. */
    set(patch) {
      const changed = new Set(Object.keys(patch).filter((key) => state[key] !== patch[key]));
      if (changed.size === 0) return;
      state = Object.freeze({ ...state, ...patch });
      for (const listener of listeners) listener(state, changed);
    },
    /** Calls listener whenever one of `keys` has changed. */
    subscribe(keys, listener) {
      listeners.push((now, changed) => {
        if (keys.some((key) => changed.has(key))) listener(now, changed);
      });
    },
  };
}

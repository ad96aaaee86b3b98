// Live updates: a stream of hints from a process of its own.  A hint says what changed; the page asks for it anew.

import { get } from "/assets/api.js";

const PATIENCE = 10;

async function settings() {
  const { stream_port: port, live_types: types } = await (await fetch("/web-settings")).json();
  return { url: `${port ? `${location.protocol}//${location.hostname}:${port}` : ""}/api/v1/events/stream`, types };
}

// ``hear(subject)`` for each hint (``hazard``, ``figures`` …), ``*`` after a gap; ``tell(words, isOpen)``; ``lost()`` when signed out.
export async function listen(hear, tell, lost) {
  let source = null;
  let wasOpen = false;

  async function open() {
    let types = [];
    try {
      const found = await settings();
      types = found.types;
      source = new EventSource(found.url, { withCredentials: true });
    } catch {
      return later();
    }
    source.onopen = () => {
      tell("实时", true);
      if (wasOpen) hear("*");
      wasOpen = true;
    };
    source.onerror = () => later();
    source.addEventListener("end", () => later());
    for (const type of types) source.addEventListener(type, () => hear(type.split(".")[0]));
  }

  async function later() {
    source?.close();
    source = null;
    for (let rest = PATIENCE; rest > 0; rest -= 1) {
      tell(`已断开，${rest} 秒后重连`, false);
      await new Promise((done) => setTimeout(done, 1000));
    }
    try {
      await get("/me");
    } catch (error) {
      if (error.status === 401) return lost();
    }
    open();
  }

  await open();
}

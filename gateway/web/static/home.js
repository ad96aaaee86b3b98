// The home page: which boxes this person has, filled side by side, and filled again when something of theirs has changed.

import { get, post } from "/assets/api.js";
import { BOXES } from "/assets/boxes.js";
import { listen } from "/assets/live.js";
import { byId, day, el, fill, trouble } from "/assets/parts.js";

const TITLES = { regulator: "政府用户", enterprise: "企业用户", applicant: "注册申请人" };
const PAUSE = 800; // Announcements come in swarms; one look answers all of a swarm.

function leave() {
  const here = location.pathname + location.search;
  location.replace(here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`);
}

function greet(me) {
  const hour = Number(new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", hourCycle: "h23" }).format());
  const hello = hour < 6 ? "夜深了" : hour < 12 ? "早上好" : hour < 18 ? "下午好" : "晚上好";
  const whose = me.department_name || me.enterprise_name || "";
  const weekday = new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", weekday: "long" }).format();
  fill(byId("hello"), `${hello}，${me.name}`);
  fill(byId("whose"), TITLES[me.kind] || "");
  fill(byId("place"), whose);
  fill(byId("today"), `${day(new Date())} ${weekday}`);
  fill(byId("face"), me.name.slice(0, 1));
  fill(byId("person"), me.name);
  fill(byId("person-more"), [me.username, whose].filter(Boolean).join(" · "));
  byId("greeting").hidden = byId("account").hidden = false;
}

// One box: its own card, its own failure, its own moment.
function mount(box, me) {
  const inside = el("div", { class: "inside" });
  const note = el("span", { class: "quiet small" });
  const card = el("section", { class: "card box", "aria-label": box.title }, el("header", {}, el("h2", {}, box.title), note), inside);
  const context = { me, note: (text) => fill(note, text), again: () => refresh() };
  let running = null;
  let wanted = false;

  async function run() {
    card.setAttribute("aria-busy", "true");
    try {
      fill(inside, await box.draw(context, inside));
    } catch (error) {
      if (error.status === 401) return leave();
      if (error.status === undefined) throw error;
      fill(note, "");
      fill(inside, trouble(error, refresh));
    } finally {
      card.removeAttribute("aria-busy");
    }
  }

  // A refresh that is wanted while one is running runs after it, once.
  async function refresh() {
    wanted = true;
    while (wanted && !running) {
      wanted = false;
      running = run();
      await running.finally(() => (running = null));
    }
  }

  byId(box.place).append(card);
  refresh();
  return { on: box.on || [], refresh };
}

function follow(mounted) {
  let changed = new Set();
  let timer = null;
  const wake = () => {
    const now = changed;
    changed = new Set();
    timer = null;
    for (const box of mounted) if (now.has("*") || box.on.some((prefix) => now.has(prefix))) box.refresh();
  };
  const hear = (subject) => {
    changed.add(subject);
    timer ??= setTimeout(wake, PAUSE);
  };
  listen(hear, (words, isOpen) => {
    byId("live").hidden = false;
    byId("live").classList.toggle("open", isOpen);
    fill(byId("live"), words);
  }, leave);
}

async function signOut(everywhere) {
  try {
    await post("/auth/logout", { everywhere });
  } catch (error) {
    if (error.status !== 401) return say(`没有退出：${error.message}`);
  }
  location.replace("/login");
}

function say(text) {
  byId("fault").hidden = !text;
  fill(byId("fault"), text);
}

async function start() {
  try {
    const me = await get("/me");
    greet(me);
    const held = new Set(me.permissions);
    follow(BOXES.filter((box) => box.isFor(me, held)).map((box) => mount(box, me)));
  } catch (error) {
    if (error.status === 401 || error.code === "auth.password_change_required") leave();
    else if (error.status === undefined) throw error;
    else say(error.message);
  }
}

byId("sign-out").addEventListener("click", () => signOut(false));
byId("sign-out-everywhere").addEventListener("click", () => signOut(true));
document.addEventListener("click", (event) => {
  if (!byId("account").contains(event.target)) byId("account").open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") byId("account").open = false;
});
start();

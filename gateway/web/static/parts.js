// Small parts of pages.  Text becomes text nodes always: nothing that comes over the API is read as markup.

export const byId = (id) => document.getElementById(id);

export function el(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

export const DASH = "—";
export const count = (value) => (value === null || value === undefined ? DASH : Number(value).toLocaleString("zh-CN"));

// Rates come as percentages; without a base there is none.
export const rate = (value) => (value === null || value === undefined ? DASH : `${Number(value).toFixed(2)}%`);

const CHINA = { timeZone: "Asia/Shanghai", hourCycle: "h23" };
const inChina = (options) => new Intl.DateTimeFormat("sv-SE", { ...CHINA, ...options });
const DAY = inChina({ year: "numeric", month: "2-digit", day: "2-digit" });
const CLOCK = inChina({ hour: "2-digit", minute: "2-digit" });

export const clock = (moment) => CLOCK.format(moment);
export const day = (moment) => DAY.format(moment);

// 今天 09:40, 昨天 18:10, 11-21 18:10; the whole moment belongs into the title.
export function when(text, now = new Date()) {
  if (!text) return DASH;
  const moment = new Date(text);
  const clock = CLOCK.format(moment);
  if (day(moment) === day(now)) return `今天 ${clock}`;
  if (day(moment) === day(new Date(now - 86400000))) return `昨天 ${clock}`;
  return day(moment).slice(0, 4) === day(now).slice(0, 4) ? `${day(moment).slice(5)} ${clock}` : day(moment);
}

export const moment = (text) =>
  el("time", { datetime: text, title: text ? `${day(new Date(text))} ${CLOCK.format(new Date(text))}` : "" }, when(text));

// 剩 3 天, 今天到期, 超 2 天.
export function left(dueOn, now = new Date()) {
  if (!dueOn) return null;
  const days = Math.round((Date.parse(dueOn) - Date.parse(day(now))) / 86400000);
  if (days < 0) return el("span", { class: "tag danger" }, `超 ${-days} 天`);
  if (days === 0) return el("span", { class: "tag warning" }, "今天到期");
  return el("span", { class: days <= 3 ? "tag warning" : "tag" }, `剩 ${days} 天`);
}

// What a box shows while its service is away, or when it refuses.
export function trouble(error, again) {
  const away = error.isAway;
  const words = away ? "暂不可用" : error.message;
  return el(
    "p",
    { class: "quiet trouble", title: error.requestId ? `请求编号 ${error.requestId}` : "" },
    words,
    away ? el("button", { type: "button", class: "link", onclick: again }, "重试") : null,
  );
}

// Values as people read them: China's time, full-width punctuation, a dash where there is nothing.

const ZONE = "Asia/Shanghai";
const parts = new Intl.DateTimeFormat("sv-SE", {
  timeZone: ZONE, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
});
const NOTHING = "—";

function split(moment: string | Date): { day: string; time: string } {
  const [day = "", time = ""] = parts.format(typeof moment === "string" ? new Date(moment) : moment).split(" ");
  return { day, time: time.slice(0, 5) };
}

export function today(now: Date = new Date()): string {
  return split(now).day;
}

/** Days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** In full, for hovering and for records. */
export function moment(value: unknown): string {
  if (!value) return NOTHING;
  const { day, time } = split(String(value));
  return `${day} ${time}`;
}

/** For lists: 今天, 昨天, ``11-21 18:10``; other years in full. */
export function briefly(value: unknown, now: Date = new Date()): string {
  if (!value) return NOTHING;
  const { day, time } = split(String(value));
  const ago = daysBetween(day, today(now));
  if (ago === 0) return `今天 ${time}`;
  if (ago === 1) return `昨天 ${time}`;
  return day.slice(0, 4) === today(now).slice(0, 4) ? `${day.slice(5)} ${time}` : day;
}

export function day(value: unknown): string {
  return value ? String(value).slice(0, 10) : NOTHING;
}

const whole = new Intl.NumberFormat("zh-CN");
export function count(value: unknown): string {
  return value === null || value === undefined ? NOTHING : whole.format(Number(value));
}

const cents = new Intl.NumberFormat("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
export function money(value: unknown): string {
  return value === null || value === undefined || value === "" ? NOTHING : cents.format(Number(value));
}

export function flag(value: unknown): string {
  return value === null || value === undefined ? NOTHING : value ? "是" : "否";
}

export function text(value: unknown): string {
  return value === null || value === undefined || value === "" ? NOTHING : String(value);
}

export function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

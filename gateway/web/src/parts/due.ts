// How a deadline stands today: its own day is still in time.

import { day, daysBetween, today } from "@/api/format";
import type { Tone } from "./tones";

export const SOON = 3;
const FAR = 90; // What ends later than the earliest reminder of a licence needs no counting of days.

export function standing(due: string | null | undefined, isSettled = false, now = today()): { left: string; tone: Tone } {
  if (!due || isSettled) return { left: "", tone: "neutral" };
  const days = daysBetween(now, day(due));
  if (days < 0) return { left: `超 ${-days} 天`, tone: "danger" };
  if (days === 0) return { left: "今日到期", tone: "warning" };
  if (days > FAR) return { left: "", tone: "neutral" };
  return { left: `剩 ${days} 天`, tone: days <= SOON ? "warning" : "neutral" };
}

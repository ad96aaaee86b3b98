// What is told of hazards in more than one page.

import { daysBetween, today } from "@/api/format";
import type { Row } from "@/api/types";

/** Waiting for recheck, assessment or acceptance is nobody's delay at the enterprise: nothing is left of the deadline. */
const SETTLED = new Set(["closed", "closed_on_site", "cancelled", "downgraded", "pending_recheck", "assessing", "acceptance"]);

export function isSettled(row: Row): boolean {
  return SETTLED.has(String(row.status));
}

export const CLASS_WORDS: Record<string, string> = { general_on_site: "现场消除", general_limited: "一般", major: "重大隐患" };

export const GENERAL_STAGES = [
  { name: "registered", title: "登记", at: "registered_at" },
  { name: "rectifying", title: "待整改", at: "confirmed_at" },
  { name: "pending_recheck", title: "待复查", at: "finished_at" },
  { name: "closed", title: "销号", at: "closed_at" },
];
export const MAJOR_STAGES = [
  { name: "registered", title: "登记", at: "registered_at" },
  { name: "reported", title: "上报", at: "reported_at" },
  { name: "planning", title: "编制方案", at: "" },
  { name: "plan_review", title: "方案审核", at: "" },
  { name: "rectifying", title: "治理中", at: "" },
  { name: "assessing", title: "效果评估", at: "finished_at" },
  { name: "acceptance", title: "申请验收", at: "" },
  { name: "closed", title: "销号", at: "closed_at" },
];
/** States beside the straight way stand where they came from. */
export const BESIDE: Record<string, string> = { draft: "registered", returned: "registered", extension_pending: "rectifying", closed_on_site: "closed" };

/** The same state has another name in the course of a major hazard. */
const OF_MAJOR: Record<string, string> = { registered: "已登记", rectifying: "治理中", cancelled: "误判撤销" };
export function statusWord(row: Row, word: string): string {
  return row.hazard_class === "major" ? (OF_MAJOR[String(row.status)] ?? word) : word;
}

/** Full days since it was found to be major, until it was closed. */
export function daysOpen(row: Row, now = today()): string {
  if (!row.major_since) return "—";
  return String(daysBetween(today(new Date(String(row.major_since))), row.closed_at ? today(new Date(String(row.closed_at))) : now));
}

/** A plan is handed in with all five in place or not at all. */
const BEFORE_PLAN = new Set(["draft", "registered", "returned", "reported", "planning", "cancelled", "downgraded"]);
export function planWord(row: Row): string {
  return row.hazard_class !== "major" || BEFORE_PLAN.has(String(row.status)) ? "—" : "5 / 5";
}

/** Nothing more is due of a listing that was never made, is asked to end or has ended. */
const LISTING_OVER = new Set(["proposed", "rejected", "lifted", "lift_applied"]);
export function isOver(listing: Row): boolean {
  return LISTING_OVER.has(String(listing.status));
}

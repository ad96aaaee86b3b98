// What is told of hazards in more than one page.

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

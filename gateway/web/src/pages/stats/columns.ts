// The columns of the reports: the API's own indicators, grouped as people read them.

import { count } from "@/api/format";
import { itemOf, titleAlone } from "@/api/words";
import { percent } from "./where";

export interface Group {
  title: string;
  codes: string[];
}

export const GROUPS: Group[] = [
  { title: "企业", codes: ["active_enterprises", "suspended_enterprises", "online_enterprises", "online_rate", "filed_enterprises", "filed_rate"] },
  { title: "风险点", codes: ["risk_point_count", "red_points", "orange_points", "yellow_points", "blue_points", "filed_lists"] },
  { title: "排查", codes: ["due_count", "checked_count", "late_count", "missed_count", "check_rate", "coverage_rate"] },
  { title: "隐患（期内发现）", codes: ["hazard_count", "general_count", "major_count", "confirmed_count", "submitted_count", "rectified_count", "rectified_rate", "on_time_rate"] },
  { title: "隐患（现状）", codes: ["open_general", "open_major", "to_confirm", "to_rectify", "to_recheck", "overdue_count", "listed_count"] },
];
const FLOWS = new Set(["排查", "隐患（期内发现）"]);
export const PERIOD_GROUPS = GROUPS.filter((one) => FLOWS.has(one.title));

export function isRate(code: string): boolean {
  return code.endsWith("_rate");
}

export function titleOf(operation: string, code: string): string {
  return titleAlone(itemOf(operation)[code]) ?? code;
}

export function shown(code: string, value: unknown): string {
  return isRate(code) ? percent(value as number | null) : count(value);
}

// One line of a list as it is composed: the point with how often it is checked, by whom and for what.

import type { Answer } from "@/api/types";
import type { Level } from "@/parts/levels";
import type { RiskList } from "../list-acts";

export type Required = Answer<"risk_list_required_points">;
type Methods = Answer<"risk_show_assessment_methods">;
type Point = Answer<"risk_get_risk_point">;

export interface LineItem {
  item: string;
  standard: string | null;
  mandatory_id: string | null;
}

export interface Line {
  point_id: string;
  period: string;
  times: number;
  split: string;
  span_start: string;
  span_end: string;
  checker_id: string | null;
  checker_unit_id: string | null;
  checker_name: string | null;
  items: LineItem[];
  told: { name: string; where: string; level: Level | null }; // of the point, for whoever composes
}

export interface Least {
  period: string;
  times: number;
}

/** From the strongest to the weakest; the server's rules of frequency (rules 5.1) have this order and these limits. */
export const PERIODS = ["day", "workday", "week", "month", "quarter", "year", "operation"];
const MOST: Record<string, number> = { day: 7, workday: 7, week: 4, month: 4 };
export const mostOf = (period: string) => MOST[period] ?? 1;

export function frequency(word: string, times: number): string {
  return times > 1 ? `${word} ${times} 次` : word;
}

export function leastOf(methods: Methods, level: Level | null, tier: string | null): Least | null {
  return methods.levels.find((one) => one.level === level)?.least.find((one) => one.tier === tier) ?? null;
}

/** Before each operation is measured by the server alone: it depends on the point. */
export function isBelow(line: Line, least: Least | null): boolean {
  if (!least || line.period === "operation") return false;
  const [own, wanted] = [PERIODS.indexOf(line.period), PERIODS.indexOf(least.period)];
  return own > wanted || (own === wanted && line.times < least.times);
}

function line(point_id: string, least: Least, items: LineItem[], told: Line["told"]): Line {
  return { point_id, period: least.period, times: least.times, split: "count", span_start: "00:00", span_end: "24:00", checker_id: null, checker_unit_id: null, checker_name: null, items, told };
}

export function ofRequired(point: Required["points"][number]): Line {
  return line(point.point_id, { period: point.period, times: point.times }, point.items.map((one) => ({ ...one })), { name: point.name, where: point.unit_name ?? "", level: point.level });
}

export function ofPoint(point: Point, least: Least | null): Line {
  const items = point.check_items.map((one) => ({ item: one.item, standard: one.standard ?? null, mandatory_id: null }));
  return line(point.id, least ?? { period: "month", times: 1 }, items, { name: point.name, where: point.unit_name ?? point.place, level: point.level });
}

export function ofList(list: RiskList): Line[] {
  return list.lines.map(({ line_id: _, point_name, place, level, ...rest }) => ({ ...rest, told: { name: point_name ?? "—", where: place ?? "", level } }));
}

/** What is sent of the lines: what was told of the point stays here, empty items as well. */
export function sentLines(lines: Line[]): Omit<Line, "told">[] {
  return lines.map(({ told: _, ...rest }) => ({ ...rest, times: rest.times || 1, items: rest.items.filter((one) => one.item.trim().length >= 2) }));
}

export function faultOfLines(lines: Line[]): string {
  if (!lines.length) return "请至少列入一个风险点";
  const empty = lines.find((one) => !sentLines([one])[0]!.items.length);
  return empty ? `“${empty.told.name}”没有检查内容` : "";
}

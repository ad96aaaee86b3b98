// Value and level as one chooses, by the tables that the API tells; the server computes again and has the last word.

import type { Answer } from "@/api/types";

export type Methods = Answer<"risk_show_assessment_methods">;
export type Method = Methods["methods"][number];
export type LevelRule = Methods["levels"][number];

export interface Graded {
  value: number;
  grade: string;
  level: LevelRule["level"];
}

const DECIMALS = 10; // The values of the tables have one decimal at most: whole tenths multiply without error.

/** What the chosen values give, or nothing while one is missing; a rule of direct judgement makes it red. */
export function graded(method: Method, chosen: Record<string, string>, directRule: string | null): Graded | null {
  let product = 1;
  for (const { name, choices } of method.factors) {
    if (!choices.some((one) => String(one.value) === chosen[name])) return null;
    product *= Math.round(Number(chosen[name]) * DECIMALS);
  }
  const value = product / DECIMALS ** method.factors.length;
  const band = method.bands.find((one) => value >= Number(one.lowest))!;
  return { value, grade: band.grade, level: directRule ? "red" : band.level };
}

/** Kinds of measures that the level asks for and that are not there: of each group one is enough. */
export function lacking(rule: LevelRule, present: Set<string>): string[][] {
  return rule.needed.filter((group) => !group.some((kind) => present.has(kind)));
}

/** An assessment as it is being made: the values of each method are kept when one looks at another. */
export interface Assessing {
  method: string;
  chosen: Record<string, Record<string, string>>;
  direct_rule: string | null;
  reason: string;
}

export const NOTHING_CHOSEN: Assessing = { method: "LEC", chosen: {}, direct_rule: null, reason: "" };

export function methodOf(methods: Methods, of: Assessing): Method {
  return methods.methods.find((one) => one.code === of.method)!;
}

export function gradedBy(methods: Methods, of: Assessing): Graded | null {
  return graded(methodOf(methods, of), of.chosen[of.method] ?? {}, of.direct_rule);
}

/** What is not chosen yet, by its name. */
export function unchosen(methods: Methods, of: Assessing): string[] {
  const values = of.chosen[of.method] ?? {};
  return methodOf(methods, of).factors.filter((one) => !values[one.name]).map((one) => one.label);
}

/** The assessment as it is sent; value and level go along as they were seen: the server refuses what it computes otherwise. */
export function sent(methods: Methods, of: Assessing): Record<string, unknown> | null {
  const found = gradedBy(methods, of);
  if (!found) return null;
  return { method: of.method, parameters: of.chosen[of.method], direct_rule: of.direct_rule, reason: of.reason.trim() || null, value: String(found.value), level: found.level };
}

/** An earlier assessment as the beginning of the next. */
export function begunWith(made: { method: string; parameters: object; direct_rule: string | null } | null | undefined): Assessing {
  if (!made) return NOTHING_CHOSEN;
  const values = Object.fromEntries(Object.entries(made.parameters).map(([name, value]) => [name, String(value)]));
  return { method: made.method, chosen: { [made.method]: values }, direct_rule: made.direct_rule, reason: "" };
}

/** What the level that comes out asks for and the measures lack. */
export function lackingBy(methods: Methods, of: Assessing, present: Set<string>): string[][] {
  const level = gradedBy(methods, of)?.level;
  const rule = methods.levels.find((one) => one.level === level);
  return rule ? lacking(rule, present) : [];
}

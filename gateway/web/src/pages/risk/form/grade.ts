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

// Factors, measures and check items as they are typed, and as they are sent: half-written lines stay behind.

export interface Measure {
  kind: string;
  text: string;
}
export interface Factor {
  code: string;
  description: string;
  measures: Measure[];
}
export interface CheckItem {
  item: string;
  standard: string | null;
}

const LEAST = 2; // The API's own: a measure or an item of one letter says nothing.
const isTold = (text: string) => text.trim().length >= LEAST;

export function emptyFactor(): Factor {
  return { code: "", description: "", measures: [{ kind: "engineering", text: "" }] };
}

export function isWhole(factor: Factor): boolean {
  return factor.code !== "" && factor.description.trim() !== "";
}

export function sentFactors(factors: Factor[]): Factor[] {
  return factors.filter(isWhole).map((one) => ({ ...one, measures: one.measures.filter((measure) => isTold(measure.text)) }));
}

export function sentItems(items: CheckItem[]): CheckItem[] {
  return items.filter((one) => isTold(one.item)).map((one) => ({ item: one.item.trim(), standard: one.standard?.trim() || null }));
}

export function kindsOf(factors: Factor[]): Set<string> {
  return new Set(factors.flatMap((one) => one.measures).filter((one) => isTold(one.text)).map((one) => one.kind));
}

/** In the order of preference: what makes the danger smaller comes before what makes people careful. */
export const KINDS = ["engineering", "management", "training", "ppe", "emergency"];

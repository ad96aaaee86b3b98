// The four statutory levels: their words, and the shapes that tell them apart without colour.

export type Level = "red" | "orange" | "yellow" | "blue";

export const LEVELS: Record<Level, { word: string; long: string; shape: string }> = {
  red: { word: "重大", long: "重大风险", shape: "M8 1 15 8 8 15 1 8Z" },
  orange: { word: "较大", long: "较大风险", shape: "M8 1.5 15 14.5H1Z" },
  yellow: { word: "一般", long: "一般风险", shape: "M2 2H14V14H2Z" },
  blue: { word: "低", long: "低风险", shape: "M8 1.5A6.5 6.5 0 1 1 8 14.5 6.5 6.5 0 1 1 8 1.5Z" },
};
export const ORDER: Level[] = ["red", "orange", "yellow", "blue"];

/** For choosing one: the gravest first. */
export const LEVEL_WORDS: Record<string, string> = Object.fromEntries(ORDER.map((level) => [level, LEVELS[level].long]));

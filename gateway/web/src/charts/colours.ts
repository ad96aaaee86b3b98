// Colours of charts, read from the tokens where there is one: ECharts takes no CSS variables.

import { computed } from "vue";
import { theme } from "@/shell/preferences";

export type Grade = "red" | "orange" | "yellow" | "blue" | "green";
export const GRADES: Record<Grade, string> = { red: "1级", orange: "2级", yellow: "3级", blue: "4级", green: "5级" };
// The five regional grades: lighter than the statutory levels so that labels stand on them, deeper on the big screen.
export const TINTS: Record<Grade, string> = { red: "#DE2E3A", orange: "#FF962E", yellow: "#FFDF2E", blue: "#2E83C4", green: "#3DA35D" };
export const DEEP: Record<Grade, string> = { red: "#B22A35", orange: "#B8651C", yellow: "#A88C12", blue: "#1F5F94", green: "#1F6E3F" };
export const SCREEN = { ink: "#EAF4FF", quiet: "#9FB8CC", line: "#1B4560", none: "#0F2C42", series: "#39D5E0", bars: "#FFB066", card: "#0B2135" };

export type Palette = typeof SCREEN;

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export function usePalette(isScreen: boolean) {
  return computed<Palette>(() => {
    if (isScreen) return SCREEN;
    const isDark = theme.value === "dark";
    const found = { ink: token("--ink"), quiet: token("--ink-2"), line: token("--line"), none: token("--fill"), series: token("--primary"), card: token("--card") };
    return { ...found, bars: isDark ? "#51626F" : "#C9D3DB" };
  });
}

export const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';

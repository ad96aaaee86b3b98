// What the board and the big screen show: asked together, and asked anew when the stream says that figures have changed.

import { computed, ref, toValue, type MaybeRefOrGetter } from "vue";
import { count, daysBetween } from "@/api/format";
import { useIndustries } from "@/api/places";
import { useAsk } from "@/api/queries";
import type { Bar } from "@/charts/bars.vue";
import { percent, type useWhere } from "./where";

export type Layer = "regions" | "enterprises" | "hazards";
export const LAYERS: Record<Layer, { title: string; word: string; unit: string }> = {
  regions: { title: "红色风险点空间分布", word: "风险", unit: "个" },
  enterprises: { title: "企业空间分布", word: "企业", unit: "家" },
  hazards: { title: "未销号隐患空间分布", word: "隐患", unit: "件" },
};
export const EVERY_LEVEL = "风险点空间分布"; // Of a county, whose points stand on the map one by one.
export const UNSETTLED_DAYS = 4; // Figures of a day are final 96 hours after its end.

export function useFigures(where: ReturnType<typeof useWhere>, layer: MaybeRefOrGetter<Layer> = "regions") {
  const spanned = computed(() => ({ ...where.args.value, period: where.period.value }));
  const month = computed(() => ({ ...where.args.value, period: "month" as const }));
  const year = Number(where.today.slice(0, 4));
  const overview = useAsk("stats_show_overview", spanned, { keep: true });
  const regions = useAsk("stats_list_region_figures", spanned, { keep: true });
  const trend = useAsk("stats_show_trend", where.args, { keep: true });
  const industries = useAsk("stats_list_industry_figures", month, { keep: true });
  const monthly = useAsk("stats_list_monthly_figures", computed(() => ({ ...where.args.value, year })), { keep: true });
  const shown = useAsk("stats_show_layer", computed(() => ({ ...where.args.value, layer: toValue(layer) })), { keep: true });
  const grades = useAsk("stats_show_grades", {});
  const { nameOf } = useIndustries();

  const thresholds = computed(() => {
    const level = shown.data.value?.items[0]?.level;
    return grades.data.value?.items.find((one) => one.level === level)?.thresholds ?? null;
  });
  const lastMonth = computed(() => monthly.data.value?.items.at(-1));
  const flow = computed<Bar[]>(() => {
    const now = overview.data.value;
    if (!now) return [];
    const share = (part: number) => (now.hazard_count ? percent((100 * part) / now.hazard_count) : "—");
    const step = (key: string, title: string, value: number, note = "") => ({ key, title, value, words: count(value), note: key === "found" ? note : `${share(value)} ${note}` });
    return [
      step("found", "登记", now.hazard_count, `待确认 ${count(now.to_confirm)}`),
      step("confirmed", "确认", now.confirmed_count, `整改中 ${count(now.to_rectify)}`),
      step("rectified", "整改完成", now.submitted_count, `待复查 ${count(now.to_recheck)}`),
      step("closed", "销号", now.rectified_count),
    ];
  });
  const trades = computed<Bar[]>(() => {
    const lines = (industries.data.value?.items ?? []).map((one) => ({ code: one.industry, name: one.name ?? nameOf(one.industry), open: one.open_general + one.open_major }));
    return lines
      .filter((one) => one.open > 0)
      .sort((a, b) => b.open - a.open)
      .map((one) => ({ key: one.code, title: one.name, value: one.open, words: count(one.open), to: { path: "/hazards", query: { ...where.along.value, industry: one.code, is_open: "true" } } }));
  });
  const isSettled = (day: string) => daysBetween(day, where.today) >= UNSETTLED_DAYS;
  return { overview, regions, trend, industries, monthly, shown, grades, thresholds, lastMonth, flow, trades, isSettled };
}

export type Figures = ReturnType<typeof useFigures>;
export type DayLine = NonNullable<Figures["trend"]["data"]["value"]>["items"][number];

/** Parts of a region by a rate, the best first; those without a base stand last and have no rank. */
export function rankedBy<T extends object>(items: T[], by: keyof T): { rank: number | null; line: T }[] {
  const value = (one: T) => one[by] as number | null;
  const based = items.filter((one) => value(one) !== null).sort((a, b) => value(b)! - value(a)!);
  const ranked = based.map((line) => ({ rank: 1 + based.filter((other) => value(other)! > value(line)!).length, line }));
  return [...ranked, ...items.filter((one) => value(one) === null).map((line) => ({ rank: null, line }))];
}

/** When what is shown has arrived, so that old figures are known as old. */
export function useArrival(query: { dataUpdatedAt: { value: number } }) {
  return computed(() => (query.dataUpdatedAt.value ? new Date(query.dataUpdatedAt.value) : null));
}

export const now = ref(new Date());
setInterval(() => (now.value = new Date()), 1000);

// Of which region and which period a page of figures speaks; both stand in the address.

import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";
import { today } from "@/api/format";
import type { Place } from "@/api/places";
import { argsOf, wordsOf } from "@/api/words";
import { place, prefixOf, useScope } from "@/shell/place";

export type PeriodName = "day" | "week" | "month";
export const PERIODS = wordsOf(argsOf("stats_show_overview").period) as Record<PeriodName, string>;
export const THIS: Record<PeriodName, string> = { day: "今日", week: "本周", month: "本月" };

export function useWhere(usual: PeriodName = "day") {
  const route = useRoute();
  const router = useRouter();
  const { home, at } = useScope();
  const chosen = computed(() => String(route.query.region ?? ""));
  const region = computed(() => chosen.value || home.value?.code || "520000");
  const period = computed<PeriodName>({
    get: () => (String(route.query.period ?? "") in THIS ? (route.query.period as PeriodName) : usual),
    set: (value) => void router.replace({ query: { ...route.query, period: value === usual ? undefined : value } }),
  });
  const args = computed(() => (chosen.value ? { region: chosen.value } : {}));
  const name = computed(() => at(region.value)?.name ?? "");
  const isCounty = computed(() => ["county", "township", "village"].includes(at(region.value)?.level ?? ""));
  /** From one's own region down to the one shown. */
  const way = computed(() => {
    const found: Place[] = [];
    const top = prefixOf(home.value?.code ?? "");
    for (let one = at(region.value); one && prefixOf(one.code).startsWith(top); one = one.parent_code ? at(one.parent_code) : undefined) found.unshift(one);
    return found;
  });

  function enter(code: string): void {
    place.value = code === home.value?.code ? "" : code;
    void router.push({ query: { ...route.query, region: place.value || undefined } });
  }

  /** To the region above, as far as one's own. */
  function up(): void {
    const above = way.value.at(-2);
    if (above) enter(above.code);
  }

  /** The place and the chosen period, for links to other pages. */
  const along = computed(() => ({ ...args.value }));
  return { region, period, args, along, name, isCounty, way, enter, up, today: today(), at };
}

export function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? "—" : `${value.toFixed(2)}%`;
}

/** ``83.33%（25 / 30）`` */
export function rate(value: number | null | undefined, part: number, whole: number): string {
  return value === null || value === undefined ? "—" : `${percent(value)}（${part} / ${whole}）`;
}

// Filters, sort, page size, columns and cursor live in the address: back, refresh, bookmark and sending on all work.

import { computed, reactive, ref, watch } from "vue";
import { useRoute, useRouter, type LocationQueryRaw } from "vue-router";
import { useAskAny } from "@/api/queries";
import type { Page } from "@/api/types";
import { argsOf } from "@/api/words";
import { remembered, remember } from "@/shell/preferences";
import type { TableSpec } from "./spec";

const REST = 300;
export const SIZES = [20, 50, 100, 200];

export function useTable(spec: TableSpec) {
  const route = useRoute();
  const router = useRouter();
  const declared = argsOf(spec.operation);
  const names = (spec.filters ?? []).flatMap((one) => (one.until ? [one.name, one.until] : [one.name]));
  const takesRegion = "region" in declared;

  const filters = computed<Record<string, string>>(() => {
    const given = [...names, ...(takesRegion ? ["region"] : [])].map((name) => [name, String(route.query[name] ?? "")]);
    return Object.fromEntries(given.filter(([, value]) => value !== ""));
  });
  const sort = computed(() => String(route.query.sort ?? spec.sort ?? ""));
  const limit = computed(() => (SIZES.includes(Number(route.query.limit)) ? Number(route.query.limit) : SIZES[0]!));
  const cursor = computed(() => String(route.query.cursor ?? ""));
  const asked = computed(() => ({ ...spec.fixed, ...filters.value, ...(sort.value ? { sort: sort.value } : {}) }));
  // Only the first page is asked how many there are: it is one more question to the database.
  const first = "is_counted" in declared ? { is_counted: true } : {};
  const args = computed(() => ({ ...asked.value, limit: limit.value, ...(cursor.value ? { cursor: cursor.value } : first) }));
  const list = useAskAny(spec.operation, args, { keep: true });
  const page = computed(() => list.data.value as Page | undefined);
  const totals = reactive(new Map<string, number>()); // By filters: further pages, and other orders, do not ask again.
  const counted = computed(() => JSON.stringify(filters.value));
  const total = computed(() => totals.get(counted.value));
  watch([page, counted], () => {
    const told = page.value?.total;
    if (told !== undefined && !list.isPlaceholderData.value) totals.set(counted.value, told);
  }, { immediate: true });

  // What leads back: the cursors of the pages before this one, for this list as it is filtered and sorted.
  const trail = ref<string[]>([]);
  const trailName = computed(() => `trail.${route.path}.${JSON.stringify(asked.value)}.${limit.value}`);
  watch(trailName, (name) => (trail.value = JSON.parse(sessionStorage.getItem(name) ?? "[]") as string[]), { immediate: true });
  watch(cursor, (now) => now || (trail.value = []));
  const number = computed(() => (cursor.value ? trail.value.length + 1 : 1));

  let waiting: LocationQueryRaw = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Ask otherwise, once nobody has changed anything for a moment; a filter begins again at the first page. */
  function change(query: LocationQueryRaw, rest = REST): void {
    waiting = { ...waiting, ...query };
    clearTimeout(timer);
    timer = setTimeout(() => {
      const next = { ...route.query, cursor: undefined, ...waiting };
      waiting = {};
      void router.replace({ query: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== "")) });
    }, rest);
  }

  function keepTrail(next: string[]): void {
    trail.value = next;
    sessionStorage.setItem(trailName.value, JSON.stringify(next));
  }

  function forward(): void {
    if (!page.value?.next_cursor) return;
    keepTrail(cursor.value ? [...trail.value, cursor.value] : []);
    void router.push({ query: { ...route.query, cursor: page.value.next_cursor } });
  }

  function back(): void {
    const before = trail.value.at(-1);
    keepTrail(trail.value.slice(0, -1));
    void router.push({ query: { ...route.query, cursor: before } });
  }

  function sortBy(name: string): void {
    change({ sort: sort.value === name ? turned(name) : name }, 0);
  }

  function clear(): void {
    change(Object.fromEntries(names.map((name) => [name, undefined])), 0);
  }

  // Columns: the address first, then what was chosen last, then what the list shows by itself.
  const usual = spec.columns.filter((one) => !one.hidden).map((one) => one.name);
  const chosen = computed(() => String(route.query.cols ?? remembered(`cols.${route.path}`) ?? "").split(",").filter(Boolean));
  const columns = computed(() => spec.columns.filter((one) => (chosen.value.length ? chosen.value : usual).includes(one.name)));
  function showColumns(shown: string[]): void {
    const isUsual = shown.join() === usual.join();
    remember(`cols.${route.path}`, isUsual ? null : shown.join());
    void router.replace({ query: { ...route.query, cols: isUsual ? undefined : shown.join() } });
  }

  return { filters, sort, limit, cursor, asked, list, page, total, number, columns, change, forward, back, sortBy, clear, showColumns };
}

export function turned(sort: string): string {
  return sort.startsWith("-") ? sort.slice(1) : `-${sort}`;
}

export type TableState = ReturnType<typeof useTable>;

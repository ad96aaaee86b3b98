// The same as ``useTable`` for a list inside another page: its place in it is nobody's bookmark.

import { computed, ref } from "vue";
import { useAskAny } from "@/api/queries";
import type { Page } from "@/api/types";
import type { TableSpec } from "./spec";
import { turned, type TableState } from "./state";

export function useLocalTable(spec: () => TableSpec, limit = 20) {
  const trail = ref<string[]>([]);
  const sort = ref(spec().sort ?? "");
  const cursor = computed(() => trail.value.at(-1) ?? "");
  const asked = computed(() => ({ ...spec().fixed, ...(sort.value ? { sort: sort.value } : {}) }));
  const list = useAskAny(() => spec().operation, computed(() => ({ ...asked.value, limit, ...(cursor.value ? { cursor: cursor.value } : {}) })), { keep: true });
  const page = computed(() => list.data.value as Page | undefined);
  const columns = computed(() => spec().columns.filter((one) => !one.hidden));

  function forward(): void {
    if (page.value?.next_cursor) trail.value = [...trail.value, page.value.next_cursor];
  }

  function back(): void {
    trail.value = trail.value.slice(0, -1);
  }

  function sortBy(name: string): void {
    trail.value = [];
    sort.value = sort.value === name ? turned(name) : name;
  }

  const state = { sort, list, columns, sortBy } as unknown as TableState; // All that the table itself asks for.
  return { state, list, page, trail, forward, back };
}

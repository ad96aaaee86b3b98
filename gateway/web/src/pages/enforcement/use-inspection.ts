// The inspection of this page's address, as it was when somebody began to fill in its form.

import { computed } from "vue";
import { useRoute } from "vue-router";
import { useAskAny } from "@/api/queries";
import type { Row } from "@/api/types";

export function useInspection() {
  const id = String(useRoute().params.id);
  const found = useAskAny("enforcement_show_inspection", { inspection_id: id }, { staleTime: Infinity });
  const row = computed(() => found.data.value as Row | undefined);
  const rows = (name: string) => computed(() => (row.value?.[name] ?? []) as Row[]);
  return { id, found, row, rows };
}

export type OpenInspection = ReturnType<typeof useInspection>;

// What people call the roles that accounts hold by code.

import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { all } from "./queries";
import type { Row } from "./types";

export function useRoleNames(): (codes: unknown) => string {
  const roles = useQuery({ queryKey: ["gateway_list_roles", "all"], queryFn: () => all("gateway_list_roles", {}) as Promise<Row[]> });
  const names = computed(() => new Map((roles.data.value ?? []).map((one) => [String(one.code), String(one.name)])));
  return (codes) => ((codes as string[] | null) ?? []).map((code) => names.value.get(code) ?? code).join("、") || "—";
}

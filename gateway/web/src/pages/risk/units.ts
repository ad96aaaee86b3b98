// The units of one's own enterprise, each told with the way to it.

import { computed } from "vue";
import { useAsk } from "@/api/queries";
import { useSession } from "@/api/session";

export function useUnits() {
  const enterprise_id = useSession().me?.enterprise_id ?? "";
  const tree = useAsk("enterprise_show_org_tree", { enterprise_id, is_active: true }, { enabled: enterprise_id !== "", staleTime: 60_000 });
  const byId = computed(() => new Map((tree.data.value?.items ?? []).map((one) => [one.id, one])));

  /** ``电炉车间 / 1# 炉``: the enterprise itself is left out above its parts. */
  const words = computed<Record<string, string>>(() =>
    Object.fromEntries([...byId.value.values()].map((one) => [one.id, [...one.path.slice(1).map((id) => byId.value.get(id)?.name).filter((name) => name && name !== one.name), one.name].join(" / ")])),
  );
  const tierOf = (unitId: unknown) => byId.value.get(String(unitId ?? ""))?.tier ?? null;

  return { tree, words, tierOf };
}

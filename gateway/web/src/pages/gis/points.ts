// Single things on the map of a county: those within the part that is seen, and the lists to which they belong.

import { computed, ref, type ComputedRef } from "vue";
import { useRoute, useRouter } from "vue-router";
import { useAskAny } from "@/api/queries";
import { useSession } from "@/api/session";
import type { Answer } from "@/api/types";
import type { useWhere } from "../stats/where";
import { KINDS, spotOfCluster, spotOfPoint, type LayerName, type Spot } from "./spots";

type Seen = Answer<"risk_show_risk_map">;
interface Source {
  operation: string;
  permission: string;
  path: string; // of the record of one
  by: string; // the argument by which a kind is chosen
  values: Record<string, string | boolean>;
}

const SOURCES: Record<LayerName, Source> = {
  risks: { operation: "risk_show_risk_map", permission: "risk.map.read", path: "/risk-points", by: "level", values: { red: "red", orange: "orange", yellow: "yellow", blue: "blue" } },
  enterprises: { operation: "enterprise_show_enterprise_map", permission: "enterprise.read", path: "/enterprises", by: "status", values: { active: "active", suspended: "suspended" } },
  hazards: { operation: "hazard_show_hazard_map", permission: "hazard.read", path: "/hazards", by: "is_major", values: { major: true, general: false } },
};

/** ``only`` tells the kind where the page does; else it is chosen, and stands in the address. */
export function usePoints(layer: LayerName, unit: string, where: ReturnType<typeof useWhere>, only?: () => string) {
  const route = useRoute();
  const router = useRouter();
  const session = useSession();
  const source = SOURCES[layer];
  const kinds = KINDS[layer];
  const box = ref("");
  const kind = computed<string>({
    get: () => only?.() ?? (String(route.query.kind ?? "") in kinds ? String(route.query.kind) : ""),
    set: (value) => void router.replace({ query: { ...route.query, kind: value || undefined } }),
  });
  // From a county on; further out the numbers of parts tell more than single points.
  const isClose = computed(() => session.may(source.permission) && where.isCounty.value);
  const args = computed(() => ({ region: where.region.value, box: box.value, ...(kind.value ? { [source.by]: source.values[kind.value] } : {}) }));
  const asked = useAskAny(source.operation, args, { enabled: computed(() => isClose.value && box.value !== ""), keep: true });
  const seen: ComputedRef<Seen | undefined> = computed(() => (isClose.value ? (asked.data.value as Seen | undefined) : undefined));
  const points = computed(() => seen.value?.points ?? []);
  const groups = computed<Spot[]>(() => (seen.value?.clusters ?? []).map((one) => spotOfCluster(one, kinds, unit)));
  const spots = computed<Spot[]>(() => [...groups.value, ...points.value.map((one) => spotOfPoint(one, kinds, source.path))]);
  return { asked, box, groups, isClose, kind, kinds, path: source.path, points, seen, spots };
}

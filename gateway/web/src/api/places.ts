// Names of what records tell by code: regions and industries, asked once and kept for the whole visit.

import { computed } from "vue";
import { useAsk } from "./queries";

const FOR_EVER = Number.POSITIVE_INFINITY;

export interface Place {
  code: string;
  name: string;
  parent_code: string | null;
  level: string;
}

export function useRegions() {
  const { data } = useAsk("enterprise_list_regions", {}, { staleTime: FOR_EVER });
  const byCode = computed(() => new Map((data.value?.items ?? []).map((one) => [one.code, one as Place])));

  function at(code: unknown): Place | undefined {
    const text = String(code ?? "");
    return byCode.value.get(text) ?? byCode.value.get(text.slice(0, 6));
  }

  /** ``毕节市黔西市``; the code where the name is not known. */
  function nameOf(code: unknown, isShort = false): string {
    const place = at(code);
    if (!place) return code ? String(code) : "—";
    const above = place.parent_code && !isShort ? byCode.value.get(place.parent_code) : undefined;
    return above && above.level !== "province" ? `${above.name}${place.name}` : place.name;
  }

  return { items: computed(() => (data.value?.items ?? []) as Place[]), at, nameOf };
}

export function useIndustries() {
  const { data } = useAsk("enterprise_list_industries", {}, { staleTime: FOR_EVER });
  const byCode = computed(() => new Map((data.value?.items ?? []).map((one) => [one.code, one])));
  return {
    items: computed(() => data.value?.items ?? []),
    nameOf: (code: unknown) => byCode.value.get(String(code ?? ""))?.name ?? (code ? String(code) : "—"),
  };
}

/** The rows of a catalogue by one of their fields, for names that records tell by code. */
export function useCatalogue(name: "enterprise_types" | "gbt4754_divisions" | "licence_types", key: string) {
  const { data } = useAsk("enterprise_show_catalogue", { name }, { staleTime: FOR_EVER });
  return computed(() => new Map(((data.value?.items ?? []) as Record<string, unknown>[]).map((row) => [String(row[key]), String(row.name)])));
}

/** All that a catalogue says, for what needs more of it than names. */
export function useCatalogueRows(name: "enterprise_types" | "construction_qualifications" | "personnel_certificate_types") {
  const { data } = useAsk("enterprise_show_catalogue", { name }, { staleTime: FOR_EVER });
  return computed(() => (data.value?.items ?? []) as Record<string, unknown>[]);
}

// The region that pages show, within one's scope; it stands in the address as ``?region=``.

import { computed, ref } from "vue";
import { useRegions, type Place } from "@/api/places";
import { useSession } from "@/api/session";

export const place = ref("");

/** The digits of a code that say where: ``520500`` is everything that begins with ``5205``. */
export function prefixOf(code: string): string {
  if (code.length > 6) return code;
  return code.replace(/(00)+$/, "");
}

export function useScope() {
  const session = useSession();
  const { items, at, nameOf } = useRegions();
  const prefixes = computed(() => {
    const given = session.me?.scope.regions ?? [];
    return given.includes("*") ? [""] : given.map(String);
  });
  /** Regions one may choose: those of one's scope, the widest first. */
  const choices = computed<Place[]>(() =>
    items.value.filter((one) => prefixes.value.some((prefix) => prefixOf(one.code).startsWith(prefix))),
  );
  const home = computed(() => at(session.me?.region));
  return { choices, home, at, nameOf };
}

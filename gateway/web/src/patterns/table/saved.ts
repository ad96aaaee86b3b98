// Filters of a list kept under a name, for each account on this browser; the last one kept stands first.

import { ref } from "vue";
import { useSession } from "@/api/session";
import { remember, remembered } from "@/shell/preferences";

export const MOST = 10;

export interface Saved {
  name: string;
  query: Record<string, string>;
}

export function useSaved(path: string) {
  const key = `filters.${useSession().me?.id ?? ""}.${path}`;
  const items = ref(read(remembered(key)));

  function keep(next: Saved[]): void {
    items.value = next.slice(0, MOST);
    remember(key, items.value.length ? JSON.stringify(items.value) : null);
  }

  return {
    items,
    save: (one: Saved) => keep([one, ...items.value.filter((other) => other.name !== one.name)]),
    remove: (name: string) => keep(items.value.filter((one) => one.name !== name)),
  };
}

export function read(text: string | null): Saved[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((one): one is Saved => typeof one?.name === "string" && typeof one?.query === "object" && one.query !== null) : [];
  } catch {
    return [];
  }
}

// The ways somebody goes most, chosen by himself; kept for each account on this browser.

import { ref, type Ref } from "vue";
import { useSession } from "@/api/session";
import { remember, remembered } from "./preferences";

export const MOST = 12;
const kept = new Map<string, Ref<string[]>>();

export function useShortcuts(): Ref<string[]> {
  const id = useSession().me?.id ?? "";
  if (!kept.has(id)) kept.set(id, ref(read(remembered(`menu.${id}`))));
  return kept.get(id)!;
}

export function keepShortcuts(chosen: string[]): void {
  const id = useSession().me?.id ?? "";
  useShortcuts().value = chosen.slice(0, MOST);
  remember(`menu.${id}`, JSON.stringify(chosen.slice(0, MOST)));
}

function read(text: string | null): string[] {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(found) ? found.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

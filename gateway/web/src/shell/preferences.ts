// What a person likes, kept in his browser; a browser that keeps nothing only forgets it.

import { ref, watch, type Ref } from "vue";

const PREFIX = "dual.";

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
    return true;
  } catch {
    return false;
  }
}

function kept<T extends string>(name: string, usual: T): Ref<T> {
  const found = ref((remembered(name) as T | null) ?? usual) as Ref<T>;
  watch(found, (value) => remember(name, value));
  return found;
}

export const theme = kept<"light" | "dark">("theme", "light");
export const letters = kept<"standard" | "large">("letters", "standard");
export const singleKeys = kept<"on" | "off">("keys", "on");
export const sidebar = kept<"open" | "closed">("sidebar", "open");

watch([theme, letters], () => {
  document.documentElement.classList.toggle("dark", theme.value === "dark");
  document.documentElement.classList.toggle("large", letters.value === "large");
}, { immediate: true });

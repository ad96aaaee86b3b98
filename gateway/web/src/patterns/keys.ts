// Single letters work while nobody types, and not at all where somebody has switched them off.

import { onMounted, onUnmounted } from "vue";
import { singleKeys } from "@/shell/preferences";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** ``useKeys({ j: next, "ctrl+enter": submit })``. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  function pressed(event: KeyboardEvent): void {
    const isChord = event.ctrlKey || event.metaKey;
    const name = (isChord ? "ctrl+" : "") + event.key.toLowerCase();
    const action = keys[name];
    if (!action || event.altKey || event.isComposing) return;
    if (!isChord && (singleKeys.value === "off" || isTyping(event.target) || document.querySelector(".el-overlay:not([style*='display: none'])"))) return;
    event.preventDefault();
    action(event);
  }

  onMounted(() => addEventListener("keydown", pressed));
  onUnmounted(() => removeEventListener("keydown", pressed));
}

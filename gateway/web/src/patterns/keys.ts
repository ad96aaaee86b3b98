// Single letters work while nobody types, and not at all where somebody has switched them off.

import { onMounted, onUnmounted } from "vue";
import { singleKeys } from "@/shell/preferences";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Whether Enter is meant for what has the focus, as for a link. */
function takesEnter(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a[href], button, summary, [role=button], [role=combobox], [role=menuitem], [role=option], [role=tab]") !== null;
}

/** ``useKeys({ j: next, "ctrl+enter": submit })``. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>): void {
  function pressed(event: KeyboardEvent): void {
    const isChord = event.ctrlKey || event.metaKey;
    const name = (isChord ? "ctrl+" : "") + event.key.toLowerCase();
    const action = keys[name];
    if (!action || event.altKey || event.isComposing) return;
    if (!isChord && (singleKeys.value === "off" || isTyping(event.target) || document.querySelector(".el-overlay:not([style*='display: none'])"))) return;
    if (name === "enter" && takesEnter(event.target)) return;
    event.preventDefault();
    action(event);
  }

  onMounted(() => addEventListener("keydown", pressed));
  onUnmounted(() => removeEventListener("keydown", pressed));
}

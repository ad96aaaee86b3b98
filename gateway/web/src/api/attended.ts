// Whether somebody sits before the page: what it asks by itself must not keep a session from falling idle.

const ABSENT = 60_000;
let touched = Date.now();

for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  addEventListener(kind, () => (touched = Date.now()), { passive: true });
}

export function attended(): boolean {
  return Date.now() - touched <= ABSENT;
}

// Live updates: a stream of hints.  A hint says what has changed; what shows it is asked anew, with one's own rights.

import { computed, ref } from "vue";
import { ask } from "./client";
import { refresh } from "./queries";
import { Refused } from "./refused";
import { site, type Site } from "./site";

const PATIENCE = 10;
const TOGETHER = 1500; // Hints come in swarms: the first is followed at once, those on its heels together.
const SPREAD = 1000; // What a thousand pages hear at one moment, each asks for at a moment of its own.
const HEARD_BY_ALL = new Set(["stats", "*"]);
// Whose figures and lists change with a subject; the first word of a hint is its subject.
const CONCERNED: Record<string, string[]> = {
  hazard: ["hazard"], supervision: ["hazard"], notice: ["notice"], notice_receipt: ["notice"], figures: ["stats"],
};

const rest = ref<number | null>(null); // Seconds to the next try; null while the stream is open or has not begun.
const openedAt = ref<Date | null>(null);
export const isLive = computed(() => openedAt.value !== null && rest.value === null);
export const liveState = computed(() => (isLive.value ? "实时" : rest.value === null ? "正在连接" : `已断开，${rest.value} 秒后重连`));

// The release as this page was loaded; it hears of another one when its stream is opened again.
let release: string | null = null;
export const isOutdated = ref(false);

function compare(told: string | null): void {
  release ??= told;
  if (told && told !== release) isOutdated.value = true;
}

let source: EventSource | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let isWanted = false;
const resting = new Map<string, boolean>(); // By service: whether more has been heard since it was last asked.

function hear(subject: string): void {
  for (const service of subject === "*" ? ["*"] : (CONCERNED[subject] ?? [])) {
    if (resting.has(service)) resting.set(service, true);
    else follow(service);
  }
}

function follow(service: string): void {
  resting.set(service, false);
  if (HEARD_BY_ALL.has(service)) setTimeout(askAnew, Math.random() * SPREAD, service);
  else askAnew(service);
}

function askAnew(service: string): void {
  resting.set(service, false); // What was heard until now is answered by this.
  setTimeout(() => {
    const hasMore = resting.get(service);
    resting.delete(service);
    if (hasMore) follow(service);
  }, TOGETHER);
  if (isWanted) void refresh(service === "*" ? "*" : [service], true);
}

async function open(): Promise<void> {
  let told: Site;
  try {
    told = await site();
  } catch {
    return later();
  }
  if (!isWanted) return;
  compare(told.release);
  const host = told.stream_port ? `${location.protocol}//${location.hostname}:${told.stream_port}` : "";
  source = new EventSource(`${host}/api/v1/events/stream`, { withCredentials: true });
  source.onopen = () => {
    if (openedAt.value) hear("*"); // What was announced meanwhile nobody has told us.
    openedAt.value = new Date();
    rest.value = null;
  };
  source.onerror = later;
  source.addEventListener("end", later);
  for (const type of told.live_types) source.addEventListener(type, () => hear(type.split(".")[0]!));
}

function later(): void {
  source?.close();
  source = null;
  if (!isWanted || rest.value !== null) return;
  rest.value = PATIENCE;
  timer = setTimeout(countDown, 1000);
}

function countDown(): void {
  rest.value = (rest.value ?? 1) - 1;
  if (rest.value > 0) timer = setTimeout(countDown, 1000);
  else void again();
}

/** A stream also ends with the session: then somebody signs in first. */
async function again(): Promise<void> {
  try {
    await ask("gateway_get_me", {}, { background: true });
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return stopListening();
  }
  rest.value = null;
  if (isWanted) await open();
}

export function startListening(): void {
  if (isWanted) return;
  isWanted = true;
  void open();
}

export function stopListening(): void {
  isWanted = false;
  clearTimeout(timer);
  source?.close();
  source = null;
  rest.value = null;
  openedAt.value = null;
}

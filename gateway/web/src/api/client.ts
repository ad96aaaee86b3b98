// The one way in which pages ask the API: by the operation's id, with one dictionary of arguments.
//
// A command carries an idempotency key that stays the same over repeats.  What nobody answered is sent again up to
// three times; what came after the session's end waits for a new sign-in and is then sent again.

import { attended } from "./attended";
import known from "./operations.json";
import { Refused } from "./refused";
import type { Answer, Args, OperationId } from "./types";

export interface Operation {
  m: string; // method
  p: string; // path
  t: string; // what people call it
  x: string; // the permission it asks for
  f?: number; // takes a file as a form
}

export interface Options {
  signal?: AbortSignal;
  key?: string; // the idempotency key; made anew for each command without one
  onRetry?: (times: number) => void;
  background?: boolean; // nobody sits before it: the session is not kept alive
  quiet?: boolean; // a 401 is an answer here and asks nobody to sign in
}

export const OPERATIONS = known as Record<string, Operation>;
const TRIES = 3;
const PATIENCE = 30_000;
const KEPT_ALIVE = 20_000;

/** Who brings a person back in after the session has ended; true when the request may be sent again. */
let signInAgain: (() => Promise<boolean>) | null = null;

export function onExpired(handler: (() => Promise<boolean>) | null): void {
  signInAgain = handler;
}

export function newKey(): string {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

export function cookie(name: string): string {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

/** Method, address and body of a request: path fields into the path, the rest where the method has room for it. */
export function request(id: OperationId, args: object): { method: string; url: string; body?: string } {
  const operation = OPERATIONS[id]!;
  const rest: Record<string, unknown> = { ...args };
  const path = operation.p.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (operation.m === "GET" || operation.m === "DELETE") {
    const query = search(rest);
    return { method: operation.m, url: query ? `${path}?${query}` : path };
  }
  return { method: operation.m, url: path, body: JSON.stringify(rest) };
}

function search(of: Record<string, unknown>): string {
  const found = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") found.append(name, String(one));
    }
  }
  return found.toString();
}

/** Headers that every request of a page carries. */
export function headers(method: string, options: Options): Record<string, string> {
  const found: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") {
    found["X-CSRF-Token"] = cookie("csrf");
    found["Idempotency-Key"] = options.key!;
  }
  if (options.background || !attended()) found["X-Background"] = "1";
  return found;
}

export async function ask<O extends OperationId>(id: O, args: Args<O>, options: Options = {}): Promise<Answer<O>> {
  const answer = await send(id, args as object, options);
  return (await answer.json()) as Answer<O>;
}

/** The same without types, for parts that are told the operation by data. */
export async function askAny(id: string, args: object, options: Options = {}): Promise<any> {
  return (await send(id as OperationId, args, options)).json();
}

/** The raw answer, once it is a good one. */
export async function send(id: OperationId, args: object, options: Options = {}): Promise<Response> {
  const asked = request(id, args);
  const own: Options = asked.method === "GET" ? options : { ...options, key: options.key ?? newKey() };
  return repeated(() => once(asked, own), own);
}

/** Repeats what may be repeated; ``attempt`` sends one and the same request each time. */
export async function repeated<T>(attempt: () => Promise<T>, options: Options): Promise<T> {
  for (let times = 1; ; times += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 401 && !options.quiet && signInAgain && error.code !== "auth.wrong_credentials") {
        if (await signInAgain()) continue;
        throw error;
      }
      if (!error.isAway || times >= TRIES) throw error;
      options.onRetry?.(times);
      await pause(Math.min(error.retryAfter || times, 5) * 1000, options.signal);
    }
  }
}

async function once(asked: { method: string; url: string; body?: string }, options: Options): Promise<Response> {
  const head = headers(asked.method, options);
  if (asked.body !== undefined) head["Content-Type"] = "application/json";
  const patience = AbortSignal.timeout(PATIENCE);
  const signal = options.signal ? AbortSignal.any([options.signal, patience]) : patience;
  let answer: Response;
  try {
    // What is sent on leaving a page is still sent when the page is gone.
    answer = await fetch(asked.url, { method: asked.method, headers: head, body: asked.body, signal, keepalive: (asked.body?.length ?? 0) < KEPT_ALIVE && asked.method !== "GET" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw patience.aborted ? Refused.late() : Refused.network();
  }
  if (!answer.ok) throw await Refused.of(answer);
  return answer;
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      fail(signal.reason as Error);
    });
  });
}

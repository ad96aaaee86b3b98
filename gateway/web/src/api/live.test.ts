import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startListening, stopListening } from "./live";
import { refresh } from "./queries";

vi.mock("./queries", () => ({ refresh: vi.fn() }));

class Stream extends EventTarget {
  static last: Stream;
  onopen?: () => void;
  onerror?: () => void;
  constructor() {
    super();
    Stream.last = this;
  }
  close(): void {}
}
const hint = (type: string) => Stream.last.dispatchEvent(new Event(type));
const asked = () => vi.mocked(refresh).mock.calls.map(([services]) => services);

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("EventSource", Stream);
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ stream_port: 0, live_types: ["hazard.closed", "figures.changed"], release: "1" }))));
  vi.mocked(refresh).mockClear();
  startListening();
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  stopListening();
  vi.runAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the first hint is followed at once, and those on its heels together", () => {
  for (let n = 0; n < 5; n += 1) hint("hazard.closed");
  expect(asked()).toEqual([["hazard"]]);

  vi.advanceTimersByTime(1500);
  expect(asked()).toEqual([["hazard"], ["hazard"]]);

  vi.advanceTimersByTime(10_000);
  expect(asked().length).toBe(2);
});

test("figures do not wait for what else was heard", () => {
  hint("hazard.closed");
  hint("figures.changed");

  expect(asked()).toEqual([["hazard"], ["stats"]]);
});

test("a stream that is opened again has everything asked anew", () => {
  Stream.last.onopen!();
  expect(asked()).toEqual([]);

  Stream.last.onopen!();
  expect(asked()).toEqual(["*"]);
});

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
  vi.restoreAllMocks();
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
  vi.advanceTimersByTime(1000);

  expect(asked()).toEqual([["hazard"], ["stats"]]);
});

test("what everybody hears is asked for after a wait of one's own, which answers all that was heard until then", () => {
  vi.spyOn(Math, "random").mockReturnValue(0.4);

  hint("figures.changed");
  vi.advanceTimersByTime(399);
  hint("figures.changed");
  expect(asked()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(asked()).toEqual([["stats"]]);
  vi.advanceTimersByTime(10_000);
  expect(asked()).toEqual([["stats"]]);
});

test("what is heard while one rests is asked for after the rest and another wait", () => {
  const random = vi.spyOn(Math, "random").mockReturnValue(0);
  hint("figures.changed");
  vi.advanceTimersByTime(0);
  random.mockReturnValue(0.9);

  hint("figures.changed");
  vi.advanceTimersByTime(1500 + 899);
  expect(asked()).toEqual([["stats"]]);
  vi.advanceTimersByTime(1);
  expect(asked()).toEqual([["stats"], ["stats"]]);
});

test("a thousand pages that hear one hint ask at moments spread over a second", () => {
  const waits = vi.spyOn(globalThis, "setTimeout");
  const moments = Array.from({ length: 1000 }, () => {
    hint("figures.changed");
    const [, wait] = waits.mock.calls.at(-1)!;
    vi.advanceTimersByTime(10_000);
    return wait as number;
  });

  const perTenth = Array.from({ length: 10 }, (_, at) => moments.filter((one) => Math.floor(one / 100) === at).length);
  expect(perTenth.reduce((sum, one) => sum + one)).toBe(1000);
  expect(Math.max(...perTenth)).toBeLessThan(200);
});

test("who stops listening while he waits asks for nothing", () => {
  hint("figures.changed");
  stopListening();
  vi.advanceTimersByTime(10_000);

  expect(asked()).toEqual([]);
});

test("a stream that is opened again has everything asked anew, not by all at once", () => {
  Stream.last.onopen!();
  vi.advanceTimersByTime(1000);
  expect(asked()).toEqual([]);

  Stream.last.onopen!();
  expect(asked()).toEqual([]);
  vi.advanceTimersByTime(1000);
  expect(asked()).toEqual(["*"]);
});

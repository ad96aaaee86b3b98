import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask, onExpired, request } from "./client";
import { Refused } from "./refused";

const asked: Request[] = [];
let answers: (() => Response)[] = [];

function json(status: number, body: unknown, headers: Record<string, string> = {}): () => Response {
  return () => new Response(JSON.stringify(body), { status, headers });
}

beforeEach(() => {
  asked.length = 0;
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(new Request(`http://here${url}`, { ...init, signal: undefined }));
    const answer = answers.shift();
    if (!answer) throw new TypeError("no network");
    return answer();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  onExpired(null);
});

test("path fields go into the address, the rest into query or body", () => {
  expect(request("hazard_list_hazards", { status: "rectifying", region: null, limit: 20 })).toEqual({
    method: "GET", url: "/api/v1/hazards?status=rectifying&limit=20",
  });
  expect(request("hazard_return_hazard", { hazard_id: "a/b", reason: "重复", version: 3 })).toEqual({
    method: "POST", url: "/api/v1/hazards/a%2Fb/return", body: '{"reason":"重复","version":3}',
  });
});

test("a repeated command carries the same key, and another command another", async () => {
  const away = json(503, { code: "service.away", message: "服务暂时不可用" });
  answers = [away, away, json(200, {}), json(200, {})];

  const first = ask("gateway_sign_out", { everywhere: false });
  await vi.runAllTimersAsync();
  await first;
  await ask("gateway_sign_out", { everywhere: false });

  const keys = asked.map((one) => one.headers.get("Idempotency-Key"));
  expect(keys).toHaveLength(4);
  expect(new Set(keys.slice(0, 3)).size).toBe(1);
  expect(keys[3]).not.toBe(keys[0]);
});

test("after three tries it is the person's turn", async () => {
  answers = [];

  const refused = ask("gateway_get_me", {}).catch((error: unknown) => error);
  await vi.runAllTimersAsync();

  expect(await refused).toMatchObject({ status: 0, code: "network" });
  expect(asked).toHaveLength(3);
});

test("what came after the session's end is asked again once somebody is back", async () => {
  answers = [json(401, { code: "auth.required", message: "请先登录" }), json(200, { name: "罗晓琴" })];
  onExpired(async () => true);

  expect(await ask("gateway_get_me", {})).toMatchObject({ name: "罗晓琴" });
});

test("a refusal keeps the words and the number of the request", async () => {
  answers = [json(409, { code: "hazard.illegal_move", message: "当前状态不允许", details: {}, request_id: "r-1" })];

  const refused = await ask("gateway_get_me", {}).catch((error: unknown) => error);

  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ status: 409, message: "当前状态不允许", requestId: "r-1" });
});

// How pages ask the API: the session lives in a cookie that no script reads, writes carry the token against cross-site calls.

export class Refused extends Error {
  constructor(status, body, retryAfter) {
    super(body.message);
    this.status = status;
    this.code = body.code;
    this.details = body.details || {};
    this.requestId = body.request_id || null;
    this.retryAfter = retryAfter;
  }

  get isAway() {
    return this.status === 0 || this.status >= 500;
  }
}

// What a page asks by itself, while nobody touches it, must not keep the session from falling idle.
const ABSENT = 60_000;
let touched = Date.now();
for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  addEventListener(kind, () => (touched = Date.now()), { passive: true });
}

const NO_NETWORK = { code: "network", message: "网络已断开，请检查网络后重试" };
const NO_SENSE = { code: "fault", message: "系统出现故障，请稍后重试" };

function cookie(name) {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

export function hasSession() {
  return cookie("csrf") !== "";
}

export async function call(method, path, body) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = cookie("csrf");
  if (Date.now() - touched > ABSENT) headers["X-Background"] = "1";
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused(0, NO_NETWORK, 5);
  }
  const content = await answer.json().catch(() => NO_SENSE);
  if (!answer.ok) throw new Refused(answer.status, content, Number(answer.headers.get("Retry-After")) || 0);
  return content;
}

export const get = (path, query) => call("GET", query ? `${path}?${new URLSearchParams(query)}` : path);
export const post = (path, body = {}) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

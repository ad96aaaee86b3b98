// How the plain pages ask the API: reading only, and as nobody in particular.

export class Refused extends Error {
  constructor(status, body) {
    super(body.message);
    this.status = status;
    this.requestId = body.request_id || null;
  }

  get isAway() {
    return this.status === 0 || this.status >= 500;
  }
}

const NO_NETWORK = { message: "网络已断开，请检查网络后重试" };
const NO_SENSE = { message: "系统出现故障，请稍后重试" };

export async function get(path) {
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, { headers: { Accept: "application/json" } });
  } catch {
    throw new Refused(0, NO_NETWORK);
  }
  const content = await answer.json().catch(() => NO_SENSE);
  if (!answer.ok) throw new Refused(answer.status, content);
  return content;
}

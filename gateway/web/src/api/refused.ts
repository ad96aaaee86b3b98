// Why a request was not carried out: the API's own words where there are any.

export interface ErrorBody {
  code: string;
  message: string;
  details?: Record<string, string>;
  request_id?: string | null;
}

const NO_NETWORK: ErrorBody = { code: "network", message: "网络已断开，没有送达。内容仍在页面上，联网后可再次提交" };
const TOO_LATE: ErrorBody = { code: "network.timeout", message: "服务没有及时应答。再次提交不会重复登记" };
const NO_SENSE: ErrorBody = { code: "fault", message: "系统出现故障，请稍后重试" };

export class Refused extends Error {
  readonly code: string;
  readonly details: Record<string, string>;
  readonly requestId: string | null;

  constructor(
    readonly status: number,
    body: ErrorBody,
    readonly retryAfter = 0,
  ) {
    super(body.message);
    this.code = body.code;
    this.details = body.details ?? {};
    this.requestId = body.request_id ?? null;
  }

  /** Nobody has answered yet, so the same request may be sent again. */
  get isAway(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }

  static network(): Refused {
    return new Refused(0, NO_NETWORK);
  }

  static late(): Refused {
    return new Refused(504, TOO_LATE);
  }

  static async of(answer: Response): Promise<Refused> {
    const body = (await answer.json().catch(() => null)) as ErrorBody | null;
    return new Refused(answer.status, body?.message ? body : NO_SENSE, Number(answer.headers.get("Retry-After")) || 0);
  }
}

export function asRefused(error: unknown): Refused {
  return error instanceof Refused ? error : new Refused(0, { code: "page.fault", message: "页面出现故障，请刷新后重试" });
}

/** What the API says when it cannot do something (RFC 9457), as an error to throw and to show. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  /** One entry per wrong input: location "body.lines[2].quantity". */
  readonly fields: FieldProblem[];
  /** To be quoted to whoever runs the program; empty when no answer came. */
  readonly requestId: string;
  readonly retryAfter: number;

  constructor(answer: ProblemAnswer) {
    super(answer.detail || answer.title || `HTTP ${answer.status}`);
    this.name = "Problem";
    this.status = answer.status;
    this.title = answer.title ?? "";
    this.detail = answer.detail ?? "";
    this.code = answer.code ?? "";
    this.fields = (answer.errors ?? []).map(one => ({
      path: fieldPath(one.location ?? ""),
      message: one.message ?? "",
    }));
    this.requestId = answer.requestId ?? "";
    this.retryAfter = answer.retryAfter ?? 0;
  }

  /** No answer came: no network, or the program is not running. */
  get offline(): boolean {
    return this.status === 0;
  }
}

export interface FieldProblem {
  /** "lines.2.quantity": the field's `name`. */
  path: string;
  message: string;
}

export interface ProblemAnswer {
  status: number;
  title?: string | undefined;
  detail?: string | undefined;
  code?: string | undefined;
  errors?: { location?: string; message?: string }[] | undefined;
  requestId?: string | undefined;
  retryAfter?: number | undefined;
}

/** "body.lines[2].quantity" -> "lines.2.quantity". */
export function fieldPath(location: string): string {
  return location
    .replace(/^(body|query|path|header)\.?/, "")
    .replace(/\[(\d+)\]/g, ".$1")
    .replace(/^\./, "");
}

export function isProblem(error: unknown, status?: number): error is Problem {
  return error instanceof Problem && (status === undefined || error.status === status);
}

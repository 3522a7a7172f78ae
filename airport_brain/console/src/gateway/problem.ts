/** What the gateway says when a request fails (RFC 9457, `application/problem+json`). */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    /** Field of the request that is at fault. */
    readonly field?: string,
    /** Machine-readable cause, e.g. `awb-check-digit`. */
    readonly code?: string,
    /** Seconds after which another try makes sense. */
    readonly retryAfterS?: number,
  ) {
    super(detail || title);
  }
}

/** Read a problem out of an answer; anything that is no problem document still makes one. */
export function problemOf(status: number, body: string, headers?: Headers): Problem {
  const told = asRecord(body);
  const retry = Number(headers?.get('retry-after') ?? Number.NaN);
  return new Problem(
    status,
    text(told.title) ?? `HTTP ${status}`,
    text(told.detail) ?? '',
    text(told.field),
    text(told.code),
    Number.isFinite(retry) ? retry : undefined,
  );
}

/** The problem of a request that got no answer. */
export function unreachable(reason: unknown): Problem {
  return new Problem(0, 'No answer', reason instanceof Error ? reason.message : String(reason));
}

function asRecord(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The one file that sends requests to the gateway. */
import { Problem, problemOf, unreachable } from './problem';

export { Problem } from './problem';

export interface Asking {
  signal?: AbortSignal;
  /** Members of the query; empty ones are left out, lists are repeated. */
  query?: Record<string, string | number | boolean | readonly string[] | undefined>;
  /** More request headers, e.g. `Idempotency-Key`. */
  headers?: Readonly<Record<string, string>>;
  /** Answer 401 to the caller alone, without asking the person to sign in. */
  quiet?: boolean;
}

const PATIENCE_MS = 30_000;

const signInListeners = new Set<() => void>();

/** Hear that a request needs somebody to sign in; gives the function that ends it. */
export function onSignInNeeded(listener: () => void): () => void {
  signInListeners.add(listener);
  return () => signInListeners.delete(listener);
}

/**
 * Read JSON.
 * @throws Problem when the gateway refuses or gives no answer. An abort is passed on as it is.
 */
export async function getJson<T>(path: string, asking: Asking = {}): Promise<T> {
  return read<T>(await ask('GET', path, undefined, asking));
}

/** Read bytes. */
export async function getBytes(path: string, asking: Asking = {}): Promise<ArrayBuffer> {
  return (await ask('GET', path, undefined, asking)).arrayBuffer();
}

/** Send JSON and read JSON; `undefined` for an answer without a body. */
export async function sendJson<T>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  asking: Asking = {},
): Promise<T> {
  return read<T>(await ask(method, path, body === undefined ? undefined : JSON.stringify(body), asking));
}

/** Send a form (files, photos) and read JSON. */
export async function sendForm<T>(path: string, form: FormData, asking: Asking = {}): Promise<T> {
  return read<T>(await ask('POST', path, form, asking));
}

/** Send bytes as they are and read JSON. */
export async function sendBytes<T>(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  asking: Asking = {},
): Promise<T> {
  return read<T>(await ask('POST', path, new Blob([bytes]), asking));
}

async function ask(
  method: string,
  path: string,
  body: string | FormData | Blob | undefined,
  asking: Asking,
): Promise<Response> {
  const headers: Record<string, string> = { ...asking.headers, Accept: 'application/json' };
  if (typeof body === 'string') headers['Content-Type'] = 'application/json';
  if (body instanceof Blob) headers['Content-Type'] = 'application/octet-stream';
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const signal = asking.signal ? AbortSignal.any([asking.signal, patience]) : patience;
  let answer: Response;
  try {
    answer = await fetch(withQuery(path, asking.query), {
      method,
      headers,
      body: body ?? null,
      signal,
      credentials: 'same-origin',
    });
  } catch (reason) {
    if (asking.signal?.aborted) throw reason;
    throw unreachable(reason);
  }
  if (answer.ok) return answer;
  const problem = problemOf(answer.status, await answer.text(), answer.headers);
  if (problem.status === 401 && !asking.quiet) for (const listener of signInListeners) listener();
  throw problem;
}

async function read<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T;
  const body = await answer.text();
  try {
    return JSON.parse(body) as T;
  } catch {
    throw new Problem(answer.status, 'Unreadable answer', body.slice(0, 200));
  }
}

/** Add a query to a path. */
export function withQuery(path: string, query: Asking['query'] = {}): string {
  const members = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of typeof value === 'object' ? value : [value]) members.append(name, String(one));
  }
  const text = members.toString();
  return text ? `${path}?${text}` : path;
}

import { afterEach, describe, expect, it, vi } from 'vitest';
import { getJson, onSignInNeeded, Problem, sendJson, withQuery } from './client';
import { problemOf } from './problem';

function answering(status: number, body: string, headers: Record<string, string> = {}): void {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body || null, { status, headers })));
}

async function problemFrom(asking: Promise<unknown>): Promise<Problem> {
  const error = await asking.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
}

afterEach(() => vi.unstubAllGlobals());

describe('problemOf', () => {
  it('reads a problem document', () => {
    const body = JSON.stringify({
      title: 'Bad Request',
      detail: 'wrong check digit',
      field: 'awb',
      code: 'awb-check-digit',
    });
    expect(problemOf(400, body)).toMatchObject({
      status: 400,
      title: 'Bad Request',
      detail: 'wrong check digit',
      field: 'awb',
      code: 'awb-check-digit',
      message: 'wrong check digit',
    });
  });

  it.each(['', '<html>502</html>', '"text"', 'null', '[1]', '{"title":7}'])(
    'makes a problem of %j too',
    (body) => {
      expect(problemOf(502, body)).toMatchObject({ status: 502, title: 'HTTP 502', detail: '' });
    },
  );

  it('tells when to try again', () => {
    const headers = new Headers({ 'Retry-After': '7' });
    expect(problemOf(429, '{}', headers).retryAfterS).toBe(7);
    expect(problemOf(429, '{}', new Headers()).retryAfterS).toBeUndefined();
  });
});

describe('requests', () => {
  it('gives the answer', async () => {
    answering(200, '{"name":"duty"}');
    expect(await getJson('/api/session')).toEqual({ name: 'duty' });
  });

  it('takes an answer without a body', async () => {
    answering(204, '');
    expect(await sendJson('DELETE', '/api/session')).toBeUndefined();
  });

  it('names an answer that is no JSON', async () => {
    answering(200, '<html>');
    expect((await problemFrom(getJson('/api/x'))).title).toBe('Unreadable answer');
  });

  it('has status 0 when no answer comes', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('refused')));
    expect(await problemFrom(getJson('/api/x'))).toMatchObject({ status: 0, detail: 'refused' });
  });

  it('passes an abort of the caller on as it is', async () => {
    const leaving = new AbortController();
    vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => {
      leaving.abort();
      return Promise.reject(signal?.reason as Error);
    });
    await expect(getJson('/api/x', { signal: leaving.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('asks for a sign-in on 401, but not quietly', async () => {
    let asked = 0;
    const end = onSignInNeeded(() => (asked += 1));
    answering(401, '{"title":"Unauthorized"}');
    await problemFrom(getJson('/api/x', { quiet: true }));
    expect(asked).toBe(0);
    await problemFrom(getJson('/api/x'));
    expect(asked).toBe(1);
    end();
    await problemFrom(getJson('/api/x'));
    expect(asked).toBe(1);
  });
});

describe('withQuery', () => {
  it('repeats lists, leaves out what is empty and quotes', () => {
    expect(withQuery('/a', { awb: ['1-2', '3&4'], q: '', limit: 5, more: undefined })).toBe(
      '/a?awb=1-2&awb=3%264&limit=5',
    );
    expect(withQuery('/a')).toBe('/a');
  });
});

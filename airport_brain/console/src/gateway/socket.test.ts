import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { worst } from './feeds';
import { backOff, follow, SILENCE_MS } from './socket';
import type { SocketState } from './socket';

/** The far end of a connection, played by the test. */
class Line {
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  readonly OPEN = 1;
  sent: string[] = [];
  get readyState(): number {
    return this.closed ? 3 : 1;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(): void {
    this.closed = true;
  }
}

let lines: Line[];
let states: SocketState[];
let texts: string[];
let say: (text: string) => void;

function start(): () => void {
  return follow(
    'ws://test/live',
    {
      onText: (text) => texts.push(text),
      onState: (state) => states.push(state),
      onOpen: (send) => (say = send),
    },
    () => {
      const line = new Line();
      lines.push(line);
      return line as unknown as WebSocket;
    },
  );
}

const last = (): Line => lines.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}', { status: 401 })));
  lines = [];
  states = [];
  texts = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('backOff', () => {
  it('doubles up to a limit', () => {
    expect([0, 1, 2, 3].map((attempt) => backOff(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(backOff(50, 1)).toBe(15_000);
    expect(backOff(5000, 1)).toBe(15_000);
  });

  it('spreads over the upper half', () => {
    expect(backOff(3, 0)).toBe(2000);
    expect(backOff(3, 0.5)).toBe(3000);
  });
});

describe('follow', () => {
  it('says connecting, then open, and hands frames on', () => {
    const stop = start();
    last().onopen?.();
    last().onmessage?.({ data: '{"type":"heartbeat"}' });
    expect(states).toEqual(['connecting', 'open']);
    expect(texts).toEqual(['{"type":"heartbeat"}']);
    expect(last().binaryType).toBe('arraybuffer');
    stop();
  });

  it('comes back after a break', () => {
    const stop = start();
    last().onopen?.();
    last().onclose?.();
    expect(states).toEqual(['connecting', 'open', 'lost']);
    vi.advanceTimersByTime(500);
    expect(lines).toHaveLength(2);
    last().onopen?.();
    expect(states.at(-1)).toBe('open');
    stop();
  });

  it('can be answered on the connection that stands, and on no other', () => {
    const stop = start();
    last().onopen?.();
    const before = say;
    before('here');
    expect(last().sent).toEqual(['here']);
    last().onclose?.();
    vi.advanceTimersByTime(500);
    last().onopen?.();
    before('gone');
    say('back');
    expect(lines.map(({ sent }) => sent)).toEqual([['here'], ['back']]);
    stop();
  });

  it('takes silence for a break, and a frame for life', () => {
    const stop = start();
    last().onopen?.();
    vi.advanceTimersByTime(SILENCE_MS - 1);
    last().onmessage?.({ data: 'x' });
    vi.advanceTimersByTime(SILENCE_MS - 1);
    expect(states.at(-1)).toBe('open');
    vi.advanceTimersByTime(1);
    expect(states.at(-1)).toBe('lost');
    expect(lines[0]!.closed).toBe(true);
    stop();
  });

  it('stays lost while it tries in vain', () => {
    const stop = start();
    for (let turn = 0; turn < 4; turn += 1) {
      last().onclose?.();
      vi.advanceTimersByTime(15_000);
    }
    expect(states).toEqual(['connecting', 'lost']);
    expect(lines.length).toBeGreaterThanOrEqual(4);
    stop();
  });

  it('is silent once stopped', () => {
    const stop = start();
    const line = last();
    stop();
    expect(line.closed).toBe(true);
    expect(line.onmessage).toBeNull();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
    expect(states).toEqual(['connecting']);
  });
});

describe('worst', () => {
  it('prefers bad news', () => {
    expect(worst({})).toBeNull();
    expect(worst({ a: 'open', b: 'connecting' })).toBe('connecting');
    expect(worst({ a: 'open', b: 'lost', c: 'connecting' })).toBe('lost');
  });
});

/** Live data: a WebSocket that comes back by itself and notices silence. */
import { getJson } from './client';

/** `connecting` before the first connection and while trying again; `lost` when it broke. */
export type SocketState = 'connecting' | 'open' | 'lost';

export interface Following {
  onText?: (text: string) => void;
  onBinary?: (data: ArrayBuffer) => void;
  onState?: (state: SocketState) => void;
  /** The connection stands, once each time; `send` is for this connection and does nothing after it. */
  onOpen?: (send: (text: string) => void) => void;
  /** Silence after which the connection counts as lost; three heartbeats when left out. */
  silenceMs?: number;
}

export const SILENCE_MS = 15_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Wait before try number `attempt` (from 0): doubled each time up to a limit, and spread over its
 * upper half so that many screens do not come back at the same moment.
 */
export function backOff(attempt: number, random: number = Math.random()): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 16));
  return wait * (0.5 + random / 2);
}

/** Opens a socket for an address; replaced where there is no browser. */
export type Opener = (url: string) => WebSocket;

const openInBrowser: Opener = (url) => new WebSocket(url);

/** Address of a live path of this site. */
function urlOf(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/**
 * Follow a live path until told to stop.
 * @returns the function that stops.
 */
export function follow(
  path: string,
  { onText, onBinary, onState, onOpen, silenceMs = SILENCE_MS }: Following,
  open: Opener = openInBrowser,
): () => void {
  let socket: WebSocket | null = null;
  let attempt = 0;
  let stopped = false;
  let state: SocketState | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const tell = (next: SocketState): void => {
    if (next === state || stopped) return;
    state = next;
    onState?.(next);
  };

  const heard = (): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => broken(), silenceMs);
  };

  const forget = (): void => {
    clearTimeout(watchdog);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
    socket = null;
  };

  const broken = (): void => {
    forget();
    if (stopped) return;
    tell('lost');
    clearTimeout(again);
    again = setTimeout(connect, backOff(attempt++));
  };

  const connect = (): void => {
    forget();
    if (stopped) return;
    if (state === null) tell('connecting');
    let opened = false;
    socket = open(path.startsWith('/') ? urlOf(path) : path);
    socket.binaryType = 'arraybuffer';
    heard();
    socket.onopen = () => {
      opened = true;
      attempt = 0;
      heard();
      tell('open');
      const line = socket;
      onOpen?.((text) => {
        if (line && line.readyState === line.OPEN) line.send(text);
      });
    };
    socket.onmessage = (event: MessageEvent) => {
      heard();
      if (typeof event.data === 'string') onText?.(event.data);
      else onBinary?.(event.data as ArrayBuffer);
    };
    socket.onclose = () => {
      // A browser hides why a handshake was refused; asking who we are tells whether the session ended.
      if (!opened && attempt === 1) getJson('/api/session').catch(() => undefined);
      broken();
    };
  };

  const atOnce = (): void => {
    if (state !== 'lost') return;
    attempt = 0;
    clearTimeout(again);
    connect();
  };

  if (typeof window !== 'undefined') window.addEventListener('online', atOnce);
  connect();
  return () => {
    stopped = true;
    clearTimeout(again);
    if (typeof window !== 'undefined') window.removeEventListener('online', atOnce);
    forget();
  };
}

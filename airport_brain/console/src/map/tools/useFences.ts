import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchEditions, fetchFences, type Fence } from './fences';
import { FENCE_LAYERS } from './purposes';

const ASK_EVERY_MS = 10_000;

export interface Fences {
  /** `null` before the first answer. */
  items: readonly Fence[] | null;
  /** Why the last question had no answer. */
  error: unknown;
  /** When the platform last answered, Unix ms. */
  askedAt: number | null;
  /** Ask now. */
  refresh: () => void;
}

interface Kept {
  edition: string;
  items: Fence[];
}

/** Fences of an airport, asked for again and again; only layers that changed are fetched anew. */
export function useFences(icao: string): Fences {
  const [state, setState] = useState<Omit<Fences, 'refresh'>>({ items: null, error: null, askedAt: null });
  const ask = useRef<() => void>(() => undefined);

  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    let kept = new Map<string, Kept>();
    setState({ items: null, error: null, askedAt: null });
    ask.current = () => {
      renewed(icao, kept, signal).then(
        (next) => {
          if (signal.aborted) return;
          const same = FENCE_LAYERS.every((layer) => next.get(layer)?.items === kept.get(layer)?.items);
          kept = next;
          // The same list stays, so that nothing is drawn again.
          const items = FENCE_LAYERS.flatMap((layer) => next.get(layer)?.items ?? []);
          setState((before) => ({
            items: same && before.items ? before.items : items,
            error: null,
            askedAt: Date.now(),
          }));
        },
        (error: unknown) => {
          if (!signal.aborted) setState((before) => ({ ...before, error }));
        },
      );
    };
    ask.current();
    const timer = setInterval(() => ask.current(), ASK_EVERY_MS);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [icao]);

  const refresh = useCallback(() => ask.current(), []);
  return { ...state, refresh };
}

async function renewed(
  icao: string,
  kept: ReadonlyMap<string, Kept>,
  signal: AbortSignal,
): Promise<Map<string, Kept>> {
  const editions = new Map((await fetchEditions(icao, signal)).map(({ layer, edition }) => [layer, edition]));
  const next = new Map<string, Kept>();
  for (const layer of FENCE_LAYERS) {
    const edition = editions.get(layer);
    if (edition === undefined) continue;
    const before = kept.get(layer);
    const items = before?.edition === edition ? before.items : await fetchFences(icao, layer, signal);
    next.set(layer, { edition, items });
  }
  return next;
}

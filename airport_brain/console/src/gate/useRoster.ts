import { useCallback, useEffect, useState } from 'react';
import { fetchRoster, type Roster } from './api';

const ASK_EVERY_MS = 5000;

export interface RosterState {
  roster: Roster | null;
  /** The last failure, gone with the next answer. */
  error: unknown;
  /** When the list was last got, Unix ms. */
  heardAt: number | null;
  refresh: () => void;
}

/** Who boards at a gate, asked for again every five seconds. */
export function useRoster(gate: string): RosterState {
  const [roster, setRoster] = useState<Roster | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [heardAt, setHeardAt] = useState<number | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    const ended = new AbortController();
    const ask = (): void => {
      fetchRoster(gate, ended.signal).then(
        (found) => {
          setRoster(found);
          setError(null);
          setHeardAt(Date.now());
        },
        (reason: unknown) => {
          if (!ended.signal.aborted) setError(reason);
        },
      );
    };
    ask();
    const timer = setInterval(ask, ASK_EVERY_MS);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [gate, turn]);

  const refresh = useCallback(() => setTurn((count) => count + 1), []);
  return { roster, error, heardAt, refresh };
}

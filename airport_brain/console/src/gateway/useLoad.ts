import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  /** Last good answer; kept while a newer one is on its way. */
  data: T | null;
  error: unknown;
  loading: boolean;
  retry: () => void;
}

/**
 * Load something whenever `key` changes; `null` loads nothing. What an earlier key asked for is
 * dropped when it comes late. The same `subject` keeps its old data while loading anew.
 */
export function useLoad<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
  subject: string | null = key,
): Loaded<T> {
  const [answer, setAnswer] = useState<{ subject: string | null; data: T | null; error: unknown }>({
    subject: null,
    data: null,
    error: null,
  });
  const [settled, setSettled] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const turn = key === null ? null : `${key}#${tries}`;

  useEffect(() => {
    if (turn === null) return;
    const leaving = new AbortController();
    load(leaving.signal).then(
      (data) => {
        if (leaving.signal.aborted) return;
        setAnswer({ subject, data, error: null });
        setSettled(turn);
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        setAnswer((before) => ({
          subject,
          data: before.subject === subject ? before.data : null,
          error,
        }));
        setSettled(turn);
      },
    );
    return () => leaving.abort();
    // `load` is made anew at every drawing; `turn` says when it means something else.
  }, [turn]);

  const mine = answer.subject === subject;
  return {
    data: mine ? answer.data : null,
    error: mine && settled === turn ? answer.error : null,
    loading: turn !== null && settled !== turn,
    retry: useCallback(() => setTries((count) => count + 1), []),
  };
}

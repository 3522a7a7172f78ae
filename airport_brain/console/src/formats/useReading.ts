import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import type { FormatPage, Reading } from '../api/types';
import { getPage, readMessage } from './api';
import type { Mode } from './api';
import type { Original } from './bytes';

export interface Read {
  reading: Reading | null;
  error: unknown;
  /** An answer is on its way; `reading` is of the message before it was edited. */
  waiting: boolean;
  /** Ask again. */
  retry: () => void;
}

interface Answer extends Omit<Read, 'retry'> {
  of: unknown;
}

const NOTHING: Answer = { reading: null, error: null, waiting: false, of: null };
/** Typing is not answered letter by letter. */
const PAUSE_MS = 250;

/**
 * What the gateway says of a message; asked anew when the message or a switch changes.
 * @param of what tells one message from another; the same while one is edited.
 */
export function useReading(original: Original, format: string, mode: Mode, of: unknown): Read {
  const [read, setRead] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const bytes = useDeferredValue(original.bytes);
  useEffect(() => {
    if (bytes.length === 0) {
      setRead(NOTHING);
      return;
    }
    const leaving = new AbortController();
    setRead((before) => ({ ...before, waiting: true }));
    const timer = setTimeout(() => {
      readMessage(bytes, format, mode, leaving.signal).then(
        (reading) => setRead({ reading, error: null, waiting: false, of }),
        (error: unknown) => {
          if (!leaving.signal.aborted) setRead({ reading: null, error, waiting: false, of });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [bytes, format, mode, of, attempt]);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  // What was said of another message would mark places where this one has something else.
  const own = read.of === of || bytes.length === 0;
  return own ? { ...read, retry } : { ...NOTHING, waiting: true, retry };
}

const pages = new Map<string, FormatPage>();

/** The page of a format; null until it is there. It never changes while the console is open. */
export function usePage(name: string | null): FormatPage | null {
  const [page, setPage] = useState<FormatPage | null>(null);
  useEffect(() => {
    const known = name === null ? null : (pages.get(name) ?? null);
    setPage(known);
    if (name === null || known) return;
    const leaving = new AbortController();
    getPage(name, leaving.signal).then(
      (found) => {
        pages.set(name, found);
        setPage(found);
      },
      () => undefined,
    );
    return () => leaving.abort();
  }, [name]);
  return page;
}

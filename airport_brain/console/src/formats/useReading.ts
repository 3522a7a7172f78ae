import { useDeferredValue, useEffect, useState } from 'react';
import type { FormatPage, Reading } from '../api/types';
import { getPage, readMessage } from './api';
import type { Mode } from './api';
import type { Original } from './bytes';

export interface Read {
  reading: Reading | null;
  error: unknown;
  /** An answer is on its way; `reading` is of the message before. */
  waiting: boolean;
}

const NOTHING: Read = { reading: null, error: null, waiting: false };
/** Typing is not answered letter by letter. */
const PAUSE_MS = 250;

/** What the gateway says of a message; asked anew when the message or a switch changes. */
export function useReading(original: Original, format: string, mode: Mode): Read {
  const [read, setRead] = useState<Read>(NOTHING);
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
        (reading) => setRead({ reading, error: null, waiting: false }),
        (error: unknown) => {
          if (!leaving.signal.aborted) setRead({ reading: null, error, waiting: false });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [bytes, format, mode]);
  return read;
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

/** What the workbench shows apart from the message, kept in the address. */

import { useCallback, useEffect, useRef, useState } from 'react';
import { readLink, writeLink, type Link } from './link';

/** The link and how to change it; one that is pasted into the open page is followed. */
export function useLink(): [Link, (change: Partial<Link>) => void] {
  const [link, setLink] = useState(() => readLink(location.hash));
  const latest = useRef(link);
  const set = useCallback((next: Link) => {
    latest.current = next;
    setLink(next);
  }, []);
  const change = useCallback(
    (change: Partial<Link>) => {
      const next = { ...latest.current, ...change };
      const hash = writeLink(next);
      set(next);
      if (hash !== location.hash) history.replaceState(history.state, '', hash || location.pathname + location.search);
    },
    [set],
  );
  useEffect(() => {
    const pasted = (): void => set(readLink(location.hash));
    window.addEventListener('hashchange', pasted);
    return () => window.removeEventListener('hashchange', pasted);
  }, [set]);
  return [link, change];
}

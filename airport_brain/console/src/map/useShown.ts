import { useCallback, useEffect, useRef, useState } from 'react';
import { readHash, writeHash, type Shown } from './permalink';

/** What is shown, kept in the address; a link that is pasted into the open page is followed. */
export function useShown(): [Shown, (change: Partial<Shown>) => void, number] {
  const [shown, setShown] = useState<Shown>(() => readHash(location.hash));
  /** Counts the links that were followed, so that the map knows when to move. */
  const [followed, setFollowed] = useState(0);
  const latest = useRef(shown);

  const change = useCallback((change: Partial<Shown>) => {
    const next = { ...latest.current, ...change };
    const hash = writeHash(next);
    latest.current = next;
    setShown(next);
    if (hash !== location.hash) history.replaceState(history.state, '', hash);
  }, []);

  useEffect(() => {
    const pasted = (): void => {
      const next = readHash(location.hash);
      if (writeHash(next) === writeHash(latest.current)) return;
      latest.current = next;
      setShown(next);
      setFollowed((count) => count + 1);
    };
    window.addEventListener('hashchange', pasted);
    return () => window.removeEventListener('hashchange', pasted);
  }, []);

  return [shown, change, followed];
}

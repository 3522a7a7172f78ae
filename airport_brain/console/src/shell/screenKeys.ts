/** Keys of the screen that is open, for the help. A screen says them while it is shown. */
import { useEffect } from 'react';
import { makeStore, useStore } from '../store/store';

export interface ScreenKeys {
  title: string;
  rows: readonly (readonly [keys: readonly string[], what: string])[];
}

const store = makeStore<ScreenKeys | null>(null);

/** Tell the help which keys a screen has; the same object until the language changes. */
export function useTellKeys(keys: ScreenKeys): void {
  useEffect(() => {
    store.set(keys);
    return () => store.set(null);
  }, [keys]);
}

export function useScreenKeys(): ScreenKeys | null {
  return useStore(store);
}

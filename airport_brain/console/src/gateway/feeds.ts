/** Live connections of the open screen, shown by the shell's header. */
import { useEffect } from 'react';
import { makeStore, useStore } from '../store/store';
import type { SocketState } from './socket';

export type Feeds = Readonly<Record<string, SocketState>>;

const feeds = makeStore<Feeds>({});

/** Tell the shell how a screen's live connection is, for as long as the screen is open. */
export function useFeed(name: string, state: SocketState): void {
  useEffect(() => {
    feeds.set({ ...feeds.get(), [name]: state });
    return () => {
      const { [name]: _gone, ...others } = feeds.get();
      feeds.set(others);
    };
  }, [name, state]);
}

/** The worst state of all live connections; `null` when the screen has none. */
export function worst(all: Feeds): SocketState | null {
  const states = Object.values(all);
  for (const state of ['lost', 'connecting', 'open'] as const) {
    if (states.includes(state)) return state;
  }
  return null;
}

export function useWorstFeed(): SocketState | null {
  return worst(useStore(feeds));
}

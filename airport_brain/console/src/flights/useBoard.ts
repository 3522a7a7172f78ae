import { useEffect, useRef, useState } from 'react';
import { useFeed } from '../gateway/feeds';
import { follow } from '../gateway/socket';
import type { SocketState } from '../gateway/socket';
import { EMPTY, merged } from './board';
import type { Board, Frame } from './board';

export const LIVE_PATH = '/api/operations/flights/live';

export interface LiveBoard {
  board: Board;
  state: SocketState;
  /** When anything was last heard, milliseconds; null: never. */
  heardAt: number | null;
}

/** The live board. Frames that arrive together are drawn together. */
export function useBoard(): LiveBoard {
  const [live, setLive] = useState<LiveBoard>({ board: EMPTY, state: 'connecting', heardAt: null });
  const current = useRef(live);

  useEffect(() => {
    let frame = 0;
    const change = (part: Partial<LiveBoard>): void => {
      current.current = { ...current.current, ...part };
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        setLive(current.current);
      });
    };
    const stop = follow(LIVE_PATH, {
      onText: (text) => {
        const now = Date.now();
        change({
          board: merged(current.current.board, JSON.parse(text) as Frame, now),
          heardAt: now,
        });
      },
      onState: (state) => change({ state }),
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, []);

  useFeed('flights', live.state);
  return live;
}

import { useEffect, useRef, useState } from 'react';
import { follow, type SocketState } from '../gateway/socket';
import { decodeFrame, decodeText } from './frame';
import { Outlook } from './outlook';
import type { Scene } from './scene';

export interface Live {
  state: SocketState;
  /** When anything was last heard, Unix ms; null before. */
  heardAt: number | null;
  fixesPerS: number | null;
}

/** A map that is moved says where it is this often. */
const LOOK_EVERY_MS = 1000;

const START: Live = { state: 'connecting', heardAt: null, fixesPerS: null };

/**
 * Feed a scene from the live socket.
 * @param named called when names arrived, which may tell who a chosen mover is.
 */
export function useLive(scene: Scene | null, named: () => void): Live {
  const [live, setLive] = useState<Live>(START);
  const onNamed = useRef(named);
  onNamed.current = named;

  useEffect(() => {
    if (!scene) return undefined;
    let heardAt: number | null = null;
    let fresh = false;
    let send: ((text: string) => void) | null = null;
    const outlook = new Outlook();
    const look = (): void => {
      const message = send && outlook.next(scene.seen());
      if (message) send?.(message);
    };
    const hear = (): void => {
      heardAt = Date.now();
    };
    const stop = follow('/api/spatiotemporal/live', {
      onState: (state) => {
        fresh = state === 'open';
        setLive((before) => ({ ...before, state, heardAt }));
      },
      onOpen: (line) => {
        send = line;
        outlook.forget();
        look();
      },
      onText: (text) => {
        hear();
        const message = decodeText(text);
        if (message?.type === 'movers') {
          // A new connection may be to a platform that counts its movers anew.
          if (fresh) scene.motion.clear();
          fresh = false;
          scene.motion.name(message.movers);
          onNamed.current();
        } else if (message?.type === 'heartbeat') {
          setLive((before) => ({ ...before, heardAt, fixesPerS: message.fixes_per_s }));
        }
      },
      onBinary: (bytes) => {
        hear();
        scene.take(decodeFrame(bytes));
      },
    });
    const looking = setInterval(look, LOOK_EVERY_MS);
    return () => {
      clearInterval(looking);
      stop();
    };
  }, [scene]);

  return live;
}

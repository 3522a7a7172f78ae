import { useEffect, useState } from 'react';
import type { Scene } from '../scene';

/**
 * Say on the map's element whether its ground stands still and is drawn whole.
 * @returns whether it has been so once.
 */
export function useDrawnMark(scene: Scene | null): boolean {
  const [once, setOnce] = useState(false);
  useEffect(() => {
    if (!scene) return undefined;
    const map = scene.ground;
    const mark = (drawn: boolean) => (): void => {
      map.getContainer().dataset.drawn = String(drawn);
    };
    const [idle, moving] = [mark(true), mark(false)];
    const first = (): void => setOnce(true);
    map.once('idle', first);
    map.on('idle', idle);
    map.on('movestart', moving);
    map.on('dataloading', moving);
    return () => {
      map.off('idle', first);
      map.off('idle', idle);
      map.off('movestart', moving);
      map.off('dataloading', moving);
    };
  }, [scene]);
  return once;
}

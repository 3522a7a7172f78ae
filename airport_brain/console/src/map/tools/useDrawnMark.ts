import { useEffect } from 'react';
import type { Scene } from '../scene';

/** Say on the map's element whether its ground stands still and is drawn whole. */
export function useDrawnMark(scene: Scene | null): void {
  useEffect(() => {
    if (!scene) return undefined;
    const map = scene.ground;
    const mark = (drawn: boolean) => (): void => {
      map.getContainer().dataset.drawn = String(drawn);
    };
    const [idle, moving] = [mark(true), mark(false)];
    map.on('idle', idle);
    map.on('movestart', moving);
    map.on('dataloading', moving);
    return () => {
      map.off('idle', idle);
      map.off('movestart', moving);
      map.off('dataloading', moving);
    };
  }, [scene]);
}

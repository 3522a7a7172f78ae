import { useEffect, useReducer } from 'react';
import type { LonLat } from '../geodesy';
import type { Scene } from '../scene';

export type Project = (at: LonLat) => { x: number; y: number };

/** Where places are on the screen; draws again whenever the camera moves. */
export function useProjected(scene: Scene | null, wanted: boolean): Project {
  const [, turn] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (!scene || !wanted) return undefined;
    const map = scene.ground;
    map.on('move', turn);
    map.on('resize', turn);
    return () => {
      map.off('move', turn);
      map.off('resize', turn);
    };
  }, [scene, wanted]);
  return (at) => scene?.ground.project(at) ?? { x: 0, y: 0 };
}

import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useMay } from '../../session';
import type { LonLat } from '../geodesy';
import type { Scene } from '../scene';
import { MAY_EDIT } from './fences';
import { EMPTY, stepped, type Sketch, type Step } from './sketch';
import { cornersOf, type Tool } from './tool';

/** The second click of a double click lands within so many pixels. */
const SAME_PLACE_PIXELS = 5;

export interface Tools {
  tool: Tool | null;
  take: (tool: Tool | null) => void;
  sketch: Sketch;
  step: (step: Step) => void;
  /** Where the pointer is, for the line that goes with it. */
  pointer: LonLat | null;
}

/** The tool in hand and what is drawn with it; fences are drawn by who may edit layers. */
export function useTools(scene: Scene | null): Tools {
  const may = useMay(MAY_EDIT);
  const [tool, setTool] = useState<Tool | null>(null);
  const [sketch, step] = useReducer(stepped, EMPTY);
  const [pointer, setPointer] = useState<LonLat | null>(null);
  const latest = useRef(sketch);
  latest.current = sketch;

  const take = useCallback((next: Tool | null) => {
    setTool(next);
    setPointer(null);
    const corners = next?.kind === 'fence' && next.editing ? cornersOf(next.editing.fence) : null;
    step({ do: 'begin', corners: corners ?? [], done: corners !== null });
  }, []);

  const kind = tool && (tool.kind !== 'fence' || may) ? tool.kind : null;
  useEffect(() => {
    if (!scene || !kind) return undefined;
    const map = scene.ground;
    const clicked = (event: { lngLat: { lng: number; lat: number }; point: { x: number; y: number } }): void => {
      const at: LonLat = [event.lngLat.lng, event.lngLat.lat];
      const { corners, done } = latest.current;
      if (done) {
        if (kind !== 'fence') step({ do: 'begin', corners: [at] });
        return;
      }
      const last = corners.at(-1);
      if (last) {
        const { x, y } = map.project(last);
        if (Math.hypot(x - event.point.x, y - event.point.y) < SAME_PLACE_PIXELS) return;
      }
      step({ do: 'add', at });
    };
    const twice = (event: { preventDefault: () => void }): void => {
      event.preventDefault();
      step({ do: 'finish' });
    };
    const moved = (event: { lngLat: { lng: number; lat: number } }): void =>
      setPointer([event.lngLat.lng, event.lngLat.lat]);
    const left = (): void => setPointer(null);
    const canvas = map.getCanvas();
    canvas.style.cursor = 'crosshair';
    map.on('click', clicked);
    map.on('dblclick', twice);
    map.on('mousemove', moved);
    map.on('mouseout', left);
    return () => {
      canvas.style.cursor = '';
      map.off('click', clicked);
      map.off('dblclick', twice);
      map.off('mousemove', moved);
      map.off('mouseout', left);
    };
  }, [scene, kind]);

  return { tool, take, sketch, step, pointer };
}

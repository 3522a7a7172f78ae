import { useEffect, useRef } from 'react';
import { useTheme } from '../theme';
import { CELL, drawMarker } from './icons';

const SIZE = 22;

/** A fleet's marker as on the map. */
export function FleetIcon({ fleet, stale = false }: { fleet: string; stale?: boolean }) {
  const { theme } = useTheme();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pen = canvas.current?.getContext('2d');
    if (!pen) return;
    const scale = (SIZE * 2) / CELL;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, CELL, CELL);
    drawMarker(pen, fleet, { stale, pointed: true, dark: theme === 'dark' });
  }, [fleet, stale, theme]);
  return (
    <canvas
      ref={canvas}
      width={SIZE * 2}
      height={SIZE * 2}
      style={{ width: SIZE, height: SIZE, flex: 'none' }}
      aria-hidden="true"
    />
  );
}

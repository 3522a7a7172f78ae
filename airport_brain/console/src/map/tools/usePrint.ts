import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useLanguage } from '../../language';
import { useTheme } from '../../theme';
import { metresPerPixel } from '../geodesy';
import type { Shown } from '../permalink';
import type { Scene } from '../scene';
import { compose, drawn, inkSketch } from './printing';
import type { Tools } from './useTools';

/** What was on the map when it was printed. */
export interface Printed {
  at: Date;
  bearing: number;
  metresPerPixel: number;
  /** Of the map on the screen, pixels. */
  width: number;
  height: number;
  url: string;
}

export interface Printing {
  print: () => void;
  /** `null` until something was printed. */
  printed: Printed | null;
  canvas: RefObject<HTMLCanvasElement | null>;
  preparing: boolean;
}

/** Printing of the map: by its button, by key, or by the browser's own menu. Paper is light. */
export function usePrint(scene: Scene | null, shown: Shown, tools: Tools): Printing {
  const { theme } = useTheme();
  const { language } = useLanguage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [printed, setPrinted] = useState<Printed | null>(null);
  const [preparing, setPreparing] = useState(false);
  const ready = useRef(false);
  const latest = useRef({ shown, tools, theme, language });
  latest.current = { shown, tools, theme, language };

  const capture = useCallback(() => {
    if (!scene || !canvas.current) return;
    const map = scene.ground;
    const { clientWidth: width, clientHeight: height } = map.getContainer();
    // Where the page is laid out for paper already the map is not to be seen: its last picture stays.
    if (width === 0 || height === 0) return;
    compose(canvas.current, scene.canvases());
    const { tool, sketch } = latest.current.tools;
    const ratio = canvas.current.width / width;
    inkSketch(canvas.current, sketch.corners, tool?.kind !== 'distance', (at) => map.project(at), ratio);
    flushSync(() =>
      setPrinted({
        at: new Date(),
        bearing: map.getBearing(),
        metresPerPixel: metresPerPixel(map.getZoom(), map.getCenter().lat),
        width,
        height,
        url: location.href,
      }),
    );
  }, [scene]);

  useEffect(() => {
    const before = (): void => {
      if (!ready.current) capture();
    };
    window.addEventListener('beforeprint', before);
    return () => window.removeEventListener('beforeprint', before);
  }, [capture]);

  const print = useCallback(() => {
    if (!scene || ready.current) return;
    ready.current = true;
    setPreparing(true);
    const looks = (wanted: typeof theme) => {
      const now = latest.current;
      return { theme: wanted, language: now.language, hidden: new Set(now.shown.hidden), three: now.shown.three };
    };
    scene.setLooks(looks('light'));
    void drawn(scene)
      .then(() => {
        capture();
        setPreparing(false);
        window.print();
      })
      .finally(() => {
        ready.current = false;
        setPreparing(false);
        scene.setLooks(looks(latest.current.theme));
      });
  }, [scene, capture]);

  return { print, printed, canvas, preparing };
}

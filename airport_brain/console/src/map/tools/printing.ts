/** The map's picture for paper: everything that is drawn on the screen, laid over each other. */

import type { LonLat } from '../geodesy';
import type { Scene } from '../scene';
import { metresText, lengthM, areaM2, areaText } from './measuring';
import type { Project } from './useProjected';

/** Room for the picture on a landscape A4 page beside its legend, millimetres. */
export const PICTURE_MM: readonly [width: number, height: number] = [208, 150];
const INK = '#0b4f9e';
const PATIENCE_MS = 5000;

/** Millimetres on paper of one pixel on the screen. */
export function mmPerPixel(width: number, height: number): number {
  return Math.min(PICTURE_MM[0] / width, PICTURE_MM[1] / height);
}

/** `1 : 12,500`, rounded to two figures: a screen's picture is no survey. */
export function scaleText(metresPerPixel: number, mm: number): string {
  const ratio = (metresPerPixel * 1000) / mm;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(ratio)) - 1);
  return `1 : ${(Math.round(ratio / step) * step).toLocaleString('en')}`;
}

/** Lay canvases over each other, but empty ones; must run in the task that drew them. */
export function compose(target: HTMLCanvasElement, canvases: readonly HTMLCanvasElement[]): void {
  const filled = canvases.filter(({ width, height }) => width > 0 && height > 0);
  const [ground] = filled;
  const pen = target.getContext('2d');
  if (!ground || !pen) return;
  target.width = ground.width;
  target.height = ground.height;
  for (const canvas of filled) pen.drawImage(canvas, 0, 0, target.width, target.height);
}

/** Draw what was measured into the picture. */
export function inkSketch(
  target: HTMLCanvasElement,
  corners: readonly LonLat[],
  isArea: boolean,
  project: Project,
  pixelsPerCss: number,
): void {
  const pen = target.getContext('2d');
  if (!pen || corners.length === 0) return;
  pen.save();
  pen.scale(pixelsPerCss, pixelsPerCss);
  pen.beginPath();
  for (const corner of corners) {
    const { x, y } = project(corner);
    pen.lineTo(x, y);
  }
  if (isArea) pen.closePath();
  pen.strokeStyle = INK;
  pen.lineWidth = 2.5;
  pen.stroke();
  const { x, y } = project(corners.at(-1)!);
  pen.font = 'bold 14px sans-serif';
  pen.lineWidth = 4;
  pen.strokeStyle = '#ffffff';
  pen.fillStyle = INK;
  const text = isArea ? areaText(areaM2(corners)) : metresText(lengthM(corners));
  pen.strokeText(text, x + 8, y - 8);
  pen.fillText(text, x + 8, y - 8);
  pen.restore();
}

/** Wait until the ground is drawn whole, but not for ever. */
export function drawn(scene: Scene): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE_MS);
    scene.ground.once('idle', () => {
      clearTimeout(timer);
      resolve();
    });
    scene.ground.triggerRepaint();
  });
}

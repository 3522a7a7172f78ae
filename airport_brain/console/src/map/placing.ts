/** Which of many boxes on screen can be shown without covering each other. */

export interface Box {
  /** Middle, and the whole size; pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Choose boxes that cover neither each other nor those that are there, the first before the others. */
export function placed<T extends Box>(boxes: readonly T[], there: readonly Box[] = []): T[] {
  const taken: Box[] = [...there];
  return boxes.filter((box) => {
    if (taken.some((other) => touches(box, other))) return false;
    taken.push(box);
    return true;
  });
}

/** Whether two boxes cover a part of each other. */
export function touches(a: Box, b: Box): boolean {
  return Math.abs(a.x - b.x) * 2 < a.width + b.width && Math.abs(a.y - b.y) * 2 < a.height + b.height;
}

/** From here on characters are as wide as they are high. */
const FIRST_WIDE = '\u2e80';
const NARROW = 0.56;

/** How wide a text is, more or less, in letters of so many pixels. */
export function textWidth(text: string, size: number): number {
  const widths = [...text].map((one) => (one >= FIRST_WIDE ? 1 : NARROW));
  return size * widths.reduce((sum, width) => sum + width, 0);
}

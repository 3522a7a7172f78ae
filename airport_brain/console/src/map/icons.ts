/**
 * The picture with every vehicle marker: a column per fleet, a row for live and one for stale.
 *
 * A marker is a vehicle seen from above with its nose at the top (north). Stale markers are grey and
 * hollow. A dark and a light rim together keep each colour visible on any ground.
 */

import { FLEET_NAMES, FLEETS, type Mark } from './fleets';
import { CELL_HEIGHT, CELL_WIDTH } from './sprites';

/** Pixels of the square that a marker is drawn in. */
export const CELL = 64;

/** Sizes at which the whole picture is drawn, whole pixels a cell: near the size on screen nothing is ragged. */
const SIZES = [10, 20, 30, 40, 60, 80, 120];

/** The size to draw markers at that are shown at so many pixels. */
export function atlasSize(pixels: number): number {
  return SIZES.find((size) => size >= pixels) ?? SIZES.at(-1)!;
}

/** Draw the whole picture. A cell is larger than its marker, so that a triangle round it shows nothing else. */
export function drawAtlas(dark: boolean, size: number): ImageData {
  const canvas = document.createElement('canvas');
  const [width, height] = [size * CELL_WIDTH, size * CELL_HEIGHT];
  canvas.width = Math.ceil(FLEET_NAMES.length * width);
  canvas.height = Math.ceil(4 * height);
  const pen = canvas.getContext('2d')!;
  FLEET_NAMES.forEach((name, column) => {
    [0, 1, 2, 3].forEach((row) => {
      pen.save();
      pen.translate(column * width + (width - size) / 2, (row + 1) * height - size);
      pen.scale(size / CELL, size / CELL);
      drawMarker(pen, name, { stale: row >= 2, pointed: row % 2 === 0, dark });
      pen.restore();
    });
  });
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

export interface Look {
  stale: boolean;
  /** Whether the heading is known; without one the marker is round. */
  pointed: boolean;
  dark: boolean;
}

/** Draw one marker into a cell. */
export function drawMarker(pen: CanvasRenderingContext2D, fleet: string, look: Look): void {
  const known = FLEETS[fleet] ?? FLEETS.other!;
  const outline = fleet === 'aircraft' ? aircraft() : look.pointed ? vehicle() : round();
  const grey = look.dark ? '#8b98a5' : '#6b7785';
  pen.lineJoin = 'round';
  pen.lineWidth = 9;
  pen.strokeStyle = look.dark ? 'rgb(0 0 0 / 75%)' : 'rgb(255 255 255 / 90%)';
  pen.stroke(outline);
  if (look.stale) {
    pen.fillStyle = look.dark ? 'rgb(20 27 35 / 70%)' : 'rgb(255 255 255 / 75%)';
    pen.fill(outline);
    pen.lineWidth = 5;
    pen.strokeStyle = grey;
    pen.stroke(outline);
    return;
  }
  pen.fillStyle = known.colour;
  pen.fill(outline);
  pen.lineWidth = 3;
  pen.strokeStyle = '#10202f';
  pen.stroke(outline);
  if (fleet !== 'aircraft') drawMark(pen, known.mark);
}

/** A body with a pointed nose: 44 high, 28 wide, centred. */
function vehicle(): Path2D {
  return new Path2D('M32 6 L47 23 V54 Q47 58 43 58 H21 Q17 58 17 54 V23 Z');
}

function round(): Path2D {
  const path = new Path2D();
  path.arc(32, 32, 17, 0, Math.PI * 2);
  return path;
}

function aircraft(): Path2D {
  return new Path2D(
    'M32 4 Q37 9 37 17 V25 L59 40 V46 L37 40 V50 L44 56 V60 L32 57 L20 60 V56 L27 50 V40 L5 46 V40 ' +
      'L27 25 V17 Q27 9 32 4 Z',
  );
}

const INK = '#10202f';

const MARKS: Readonly<Record<Mark, (pen: CanvasRenderingContext2D) => void>> = {
  none: () => undefined,
  bar: (pen) => pen.fillRect(22, 36, 20, 7),
  bars: (pen) => [30, 39, 48].forEach((y) => pen.fillRect(22, y, 20, 4)),
  dot: (pen) => disc(pen, 32, 40, 7),
  dots: (pen) => [33, 47].forEach((y) => disc(pen, 32, y, 5)),
  cross: (pen) => {
    pen.fillRect(28, 29, 8, 24);
    pen.fillRect(21, 37, 22, 8);
  },
  ring: (pen) => {
    pen.lineWidth = 5;
    pen.strokeStyle = '#ffffff';
    pen.beginPath();
    pen.arc(32, 40, 8, 0, Math.PI * 2);
    pen.stroke();
  },
  check: (pen) => {
    for (let row = 0; row < 3; row += 1) {
      for (let column = 0; column < 3; column += 1) {
        if ((row + column) % 2 === 0) pen.fillRect(20 + column * 8, 28 + row * 8, 8, 8);
      }
    }
  },
  stripe: (pen) => {
    pen.lineWidth = 6;
    pen.strokeStyle = INK;
    pen.beginPath();
    pen.moveTo(20, 50);
    pen.lineTo(44, 30);
    pen.stroke();
  },
};

function drawMark(pen: CanvasRenderingContext2D, mark: Mark): void {
  pen.fillStyle = INK;
  MARKS[mark](pen);
}

function disc(pen: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, Math.PI * 2);
  pen.fill();
}

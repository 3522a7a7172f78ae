/**
 * Names that stand in the picture: words on a small board, facing the camera.
 *
 * All words of a group are written once into one picture with the browser's own fonts; after that a name
 * costs as much as a marker.
 */

import type { Layer } from '@deck.gl/core';
import { rectangle, spriteLayer, spritesFor, type Sprites } from './sprites';

const FONTS = '"Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
/** Widest picture that every browser takes. */
const SHEET_WIDTH = 2048;
const GAP = 2;

export interface Sign {
  text: string;
  /** Height of the letters, pixels. */
  size: number;
  /** Where it hangs: 1 below its place (the usual one), 0 on it, -1 above it. */
  side?: -1 | 0 | 1;
}

export interface Board {
  ink: string;
  back: string;
  /** Room between words and edge, pixels: sides, then above and below. */
  room: readonly [number, number];
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Lay boxes in rows; gives their places and the height of all. */
export function shelves(
  sizes: readonly { width: number; height: number }[],
  sheetWidth = SHEET_WIDTH,
): { boxes: Box[]; height: number } {
  let [x, y, row] = [0, 0, 0];
  const boxes = sizes.map(({ width, height }) => {
    if (x > 0 && x + width > sheetWidth) {
      y += row + GAP;
      [x, row] = [0, 0];
    }
    const box = { x, y, width, height };
    x += width + GAP;
    row = Math.max(row, height);
    return box;
  });
  return { boxes, height: y + row };
}

interface Sheet {
  key: string;
  image: ImageData;
  boxes: Box[];
  ratio: number;
}

export class Signs {
  private sheet: Sheet | null = null;
  private sprites: Sprites = spritesFor(0, 4);

  constructor(private readonly id: string) {}

  /**
   * The layer of these signs.
   * @param places longitude, latitude in degrees and height in metres of each, one after the other.
   * @param lift pixels by which each is moved away from its place, to the side where it hangs.
   * @param mark another number when the places are others than before.
   */
  layer(signs: readonly Sign[], board: Board, places: Float64Array, lift: number, mark: number): Layer | null {
    if (signs.length === 0) return null;
    const key = JSON.stringify([board, lift, devicePixelRatio, signs.map(({ text, size, side }) => [text, size, side])]);
    if (this.sheet?.key !== key) this.write(key, signs, board, lift);
    const { image } = this.sheet!;
    return spriteLayer(this.id, { ...this.sprites, places }, { image, flat: false, hidden: false, mark });
  }

  private write(key: string, signs: readonly Sign[], board: Board, lift: number): void {
    const sheet = drawSheet(key, signs, board);
    this.sheet = sheet;
    const { textureMark } = this.sprites;
    this.sprites = {
      ...spritesFor(signs.length, 4),
      count: signs.length,
      textureMark: textureMark + 1,
    };
    const { width: sheetWidth, height: sheetHeight } = sheet.image;
    sheet.boxes.forEach(({ x, y, width, height }, at) => {
      const [w, h] = [width / sheet.ratio, height / sheet.ratio];
      const left = -Math.round(w / 2);
      const bottom = -Math.round(h / 2) - lift * (signs[at]!.side ?? 1);
      rectangle(this.sprites.corners, at, left, bottom, left + w, bottom + h);
      const [u, v] = [x / sheetWidth, y / sheetHeight];
      const [uEnd, vEnd] = [(x + width) / sheetWidth, (y + height) / sheetHeight];
      rectangle(this.sprites.texture, at, u, vEnd, uEnd, v);
    });
  }
}

function drawSheet(key: string, signs: readonly Sign[], { ink, back, room }: Board): Sheet {
  const ratio = Math.max(1, devicePixelRatio);
  // Else it is drawn by the graphics card, and to read it back waits for all that the card has still to do.
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  const font = (size: number): string => `${Math.round(size * ratio)}px ${FONTS}`;
  const sizes = signs.map(({ text, size }) => {
    pen.font = font(size);
    return {
      width: Math.ceil(pen.measureText(text).width + 2 * room[0] * ratio),
      height: Math.ceil((size * 1.2 + 2 * room[1]) * ratio),
    };
  });
  const { boxes, height } = shelves(sizes);
  const width = Math.max(...boxes.map((box) => box.x + box.width));
  pen.canvas.width = width;
  pen.canvas.height = height;
  pen.textBaseline = 'middle';
  pen.textAlign = 'center';
  boxes.forEach((box, at) => {
    pen.fillStyle = back;
    pen.fillRect(box.x, box.y, box.width, box.height);
    pen.fillStyle = ink;
    pen.font = font(signs[at]!.size);
    pen.fillText(signs[at]!.text, box.x + box.width / 2, box.y + box.height / 2 + ratio * 0.5);
  });
  return { key, image: pen.getImageData(0, 0, width, height), boxes, ratio };
}

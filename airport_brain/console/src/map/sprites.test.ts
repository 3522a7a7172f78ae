import { WebMercatorViewport } from '@deck.gl/core';
import { describe, expect, it } from 'vitest';
import { ahead, type LonLat } from './geodesy';
import { PLACE, putFlat, putUpright, rectangle, spritesFor, turnedTriangle, type Sprites } from './sprites';

const PLACE_AT: LonLat = [121.8, 31.15];

function looking(pitch: number, bearing = 0): WebMercatorViewport {
  const [longitude, latitude] = PLACE_AT;
  return new WebMercatorViewport({ width: 800, height: 600, longitude, latitude, zoom: 16, pitch, bearing });
}

function pixels(clips: Float32Array, corner: number): [number, number] {
  const [x = 0, y = 0, , w = 1] = clips.subarray(corner * 4, corner * 4 + 4);
  return [((x / w + 1) / 2) * 800, ((1 - y / w) / 2) * 600];
}

function one(sides: 3 | 4, at: LonLat, height = 0): Sprites {
  const sprites = { ...spritesFor(1, sides), count: 1 };
  sprites.places.set([...at, height]);
  return sprites;
}

describe('a marker on the ground', () => {
  it('has its square in its triangle, its nose to the heading', () => {
    const corners = new Float32Array(6);
    turnedTriangle(corners, 0, 20, 90);
    // Looking east, the base lies west, its left corner in the north, and the tip east.
    expect([...corners].map((one) => Math.round(one) || 0)).toEqual([-10, 15, -10, -15, 14, 0]);
  });

  it('lies where the camera sees its place, from any angle', () => {
    for (const viewport of [looking(0), looking(58, 162)]) {
      const at = ahead(PLACE_AT, 30, 150);
      const sprites = one(3, at);
      const clips = new Float32Array(12);
      putFlat(clips, sprites, viewport);
      const [x, y] = viewport.project([...at, 0]);
      expect(pixels(clips, 0)[0]).toBeCloseTo(x!, 1);
      expect(pixels(clips, 0)[1]).toBeCloseTo(y!, 1);
    }
  });

  it('is as large as asked for where the camera looks straight down', () => {
    const sprites = one(3, PLACE_AT);
    turnedTriangle(sprites.corners, 0, 20, 0);
    const clips = new Float32Array(12);
    putFlat(clips, sprites, looking(0));
    const [left, bottom] = pixels(clips, 0);
    const [right] = pixels(clips, 1);
    const [, top] = pixels(clips, 2);
    // The square of 20 pixels has 10 below its middle; the triangle is wider and higher than it.
    expect(bottom).toBeCloseTo(310, 1);
    expect([right - left, bottom - top]).toEqual([expect.closeTo(30, 1), expect.closeTo(24, 1)]);
  });
});

describe('a sign', () => {
  it('stands upright at whole pixels, above its place when it is high', () => {
    const viewport = looking(58, 20);
    const at = ahead(PLACE_AT, 200, 77.7);
    const sprites = one(4, at, 40);
    rectangle(sprites.corners, 0, -30, -8, 30, 8);
    const clips = new Float32Array(16);
    putUpright(clips, sprites, viewport);
    const [x, y] = viewport.project([...at, 40]);
    const [left, bottom] = pixels(clips, 0);
    const [right, top] = pixels(clips, 2);
    expect(left).toBeCloseTo(Math.round(left), 2);
    expect(Math.abs((left + right) / 2 - x!)).toBeLessThanOrEqual(0.51);
    expect(Math.abs((top + bottom) / 2 - y!)).toBeLessThanOrEqual(0.51);
    expect([right - left, bottom - top]).toEqual([expect.closeTo(60, 2), expect.closeTo(16, 2)]);
  });
});

describe('columns', () => {
  it('have room for as many as asked', () => {
    const { places, corners, texture } = spritesFor(7, 4);
    expect([places.length, corners.length, texture.length]).toEqual([7 * PLACE, 56, 56]);
  });
});

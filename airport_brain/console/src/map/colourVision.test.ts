import { describe, expect, it } from 'vitest';
import { FLEETS } from './fleets';
import { DARK, LIGHT } from './palette';
import { PURPOSES } from './tools/purposes';

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** Full loss of one kind of cone, on linear RGB (Machado, Oliveira, Fernandes 2009). */
const VISIONS: Readonly<Record<string, Matrix>> = {
  all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no red': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'no green': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  'no blue': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
/** CIE76; 2.3 is just noticeable, 10 is told apart at a glance. */
const APART = 10;

function linear(colour: string): Rgb {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

function times(matrix: Matrix, [r, g, b]: Rgb): Rgb {
  const row = ([x, y, z]: Rgb): number => Math.max(0, x * r + y * g + z * b);
  return [row(matrix[0]), row(matrix[1]), row(matrix[2])];
}

function lab(colour: Rgb): Rgb {
  const [x, y, z] = times(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]],
    colour,
  );
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const [fx, fy, fz] = [f(x / 0.9505), f(y), f(z / 1.089)];
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

function apart(one: string, other: string, vision: Matrix): number {
  const [a, b] = [lab(times(vision, linear(one))), lab(times(vision, linear(other)))];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

describe.each(Object.entries(VISIONS))('with %s cones', (_, vision) => {
  it('fleets with the same mark are told apart by colour', () => {
    const fleets = Object.values(FLEETS);
    for (const [at, one] of fleets.entries()) {
      for (const other of fleets.slice(at + 1)) {
        if (one.mark !== other.mark) continue;
        expect(apart(one.colour, other.colour, vision), `${one.en} / ${other.en}`).toBeGreaterThan(APART);
      }
    }
  });

  it('fences with the same edge and filling are told apart by colour', () => {
    const purposes = Object.entries(PURPOSES);
    for (const [at, [name, one]] of purposes.entries()) {
      for (const [otherName, other] of purposes.slice(at + 1)) {
        if (one.dashed !== other.dashed || one.hatched !== other.hatched) continue;
        expect(apart(one.colour, other.colour, vision), `${name} / ${otherName}`).toBeGreaterThan(APART);
      }
    }
  });

  it.each([
    ['light', LIGHT],
    ['dark', DARK],
  ] as const)('the ground of the %s map is told apart', (__, palette) => {
    for (const [one, other] of [
      ['runway', 'taxiway'],
      ['runway', 'grass'],
      ['apron', 'terminal'],
      ['taxiway', 'grass'],
    ] as const) {
      expect(apart(palette[one], palette[other], vision), `${one} / ${other}`).toBeGreaterThan(APART / 2);
    }
    expect(apart(palette.hold, palette.taxiway, vision)).toBeGreaterThan(APART);
  });
});

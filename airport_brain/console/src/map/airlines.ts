/** Tail colours by which airlines are known from afar; others get one of their own by their code. */

export type Rgb = readonly [number, number, number];

const KNOWN: Readonly<Record<string, Rgb>> = {
  MU: [30, 58, 138],
  FM: [200, 36, 44],
  CA: [204, 24, 40],
  CZ: [0, 98, 170],
  HU: [206, 32, 38],
  HO: [130, 24, 62],
  '9C': [62, 150, 62],
  MF: [0, 104, 178],
  ZH: [196, 22, 48],
  '3U': [214, 40, 44],
  SC: [210, 60, 40],
  KN: [24, 84, 160],
  GS: [226, 120, 30],
  JD: [190, 30, 60],
  CK: [30, 58, 138],
  Y8: [214, 160, 30],
  O3: [190, 30, 40],
  CF: [40, 120, 70],
  CX: [0, 101, 100],
  HX: [200, 30, 60],
  BR: [0, 110, 70],
  CI: [196, 90, 140],
  JL: [200, 20, 40],
  NH: [20, 50, 130],
  KE: [40, 130, 200],
  OZ: [150, 120, 110],
  SQ: [240, 170, 20],
  TG: [90, 30, 120],
  MH: [20, 60, 140],
  EK: [210, 30, 36],
  QR: [92, 6, 50],
  EY: [180, 150, 90],
  TK: [200, 30, 40],
  LH: [10, 26, 84],
  AF: [20, 40, 110],
  KL: [0, 160, 222],
  BA: [20, 40, 100],
  UA: [0, 60, 140],
  DL: [190, 24, 50],
  AA: [40, 90, 160],
  AC: [220, 30, 40],
  QF: [224, 20, 40],
  FX: [78, 26, 140],
  '5X': [90, 58, 28],
};

/** Colour of an airline's tails. */
export function tailColour(airline: string): Rgb {
  const known = KNOWN[airline];
  if (known) return known;
  let number = 7;
  for (const letter of airline) number = (number * 31 + letter.charCodeAt(0)) % 997;
  // Dark enough to stand out against a white body.
  return [40 + (number % 5) * 36, 40 + (number % 7) * 22, 60 + (number % 11) * 14];
}

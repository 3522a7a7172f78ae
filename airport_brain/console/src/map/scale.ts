/** A scale bar of a round length. */

export interface Scale {
  metres: number;
  pixels: number;
}

const STEPS = [1, 2, 5];

/** The longest bar of 1, 2 or 5 times a power of ten metres within so many pixels. */
export function scaleBar(metresPerPixel: number, most = 120): Scale {
  const limit = metresPerPixel * most;
  const power = 10 ** Math.floor(Math.log10(limit));
  const step = [...STEPS].reverse().find((one) => one * power <= limit) ?? 1;
  const metres = step * power;
  return { metres, pixels: metres / metresPerPixel };
}

/** `200 m`, `1 km`. */
export function formatLength(metres: number): string {
  return metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
}

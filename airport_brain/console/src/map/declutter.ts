/** Which of many names can be written without covering each other. */

export interface Spot {
  at: number;
  x: number;
  y: number;
  /** Higher is written first. */
  weight: number;
}

/** Choose spots whose boxes of this size in pixels do not overlap, heaviest first. */
export function declutter(
  spots: readonly Spot[],
  width: number,
  height: number,
  limit: number,
): Spot[] {
  const order = [...spots].sort((a, b) => b.weight - a.weight || a.at - b.at);
  const taken = new Map<string, Spot[]>();
  const chosen: Spot[] = [];
  for (const spot of order) {
    if (chosen.length >= limit) break;
    const column = Math.floor(spot.x / width);
    const row = Math.floor(spot.y / height);
    if (clashes(spot, column, row, taken, width, height)) continue;
    const cell = `${column},${row}`;
    taken.set(cell, [...(taken.get(cell) ?? []), spot]);
    chosen.push(spot);
  }
  return chosen;
}

function clashes(
  spot: Spot,
  column: number,
  row: number,
  taken: ReadonlyMap<string, Spot[]>,
  width: number,
  height: number,
): boolean {
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (const other of taken.get(`${column + dx},${row + dy}`) ?? []) {
        if (Math.abs(other.x - spot.x) < width && Math.abs(other.y - spot.y) < height) return true;
      }
    }
  }
  return false;
}

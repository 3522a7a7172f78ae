/** Which rows of a long list are drawn. Pure. */

export interface Window {
  first: number;
  /** One after the last. */
  end: number;
}

const SPARE_ROWS = 8;

/** Rows in sight, and a few more on both sides. All lengths in pixels. */
export function windowOf(scroll: number, height: number, rowHeight: number, rows: number): Window {
  const first = Math.max(0, Math.floor(scroll / rowHeight) - SPARE_ROWS);
  const end = Math.min(rows, Math.ceil((scroll + height) / rowHeight) + SPARE_ROWS);
  return { first: Math.min(first, end), end };
}

/** The scroll position that brings a row fully into sight with the least movement. */
export function scrollTo(
  row: number,
  scroll: number,
  height: number,
  rowHeight: number,
): number {
  const top = row * rowHeight;
  if (top < scroll) return top;
  if (top + rowHeight > scroll + height) return top + rowHeight - height;
  return scroll;
}

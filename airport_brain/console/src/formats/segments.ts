/** An original cut where places begin and end, so that each piece knows what it belongs to. */

export interface Span {
  start: number;
  end: number;
}

/** A piece between two cuts; `places` and `marks` are indices, the narrowest place first. */
export interface Segment extends Span {
  places: readonly number[];
  marks: readonly number[];
}

/** Cut `length` units at every edge of places and marks. */
export function segments(
  length: number,
  places: readonly Span[],
  marks: readonly Span[],
): Segment[] {
  const cuts = new Set([0, length]);
  for (const { start, end } of [...places, ...marks]) {
    cuts.add(Math.min(start, length));
    cuts.add(Math.min(end, length));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  const opens = openings(places);
  const markOpens = openings(marks);
  const found: Segment[] = [];
  let open: number[] = [];
  let marked: number[] = [];
  for (let at = 0; at + 1 < edges.length; at++) {
    const start = edges[at]!;
    const end = edges[at + 1]!;
    open = [...open.filter((one) => places[one]!.end > start), ...(opens.get(start) ?? [])];
    marked = [...marked.filter((one) => marks[one]!.end > start), ...(markOpens.get(start) ?? [])];
    const inside = open.filter((one) => places[one]!.end > start);
    inside.sort((a, b) => width(places[a]!) - width(places[b]!) || b - a);
    found.push({ start, end, places: inside, marks: marked.filter((one) => marks[one]!.end > start) });
  }
  return found;
}

function openings(spans: readonly Span[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  spans.forEach(({ start }, index) => {
    const there = found.get(start);
    if (there) there.push(index);
    else found.set(start, [index]);
  });
  return found;
}

function width(span: Span): number {
  return span.end - span.start;
}

export interface Line {
  number: number;
  start: number;
  segments: Segment[];
}

/** Lay segments out in lines of a text; a segment that goes over a line end is in both lines. */
export function lines(text: string, pieces: readonly Segment[], most: number): Line[] {
  const found: Line[] = [];
  let start = 0;
  let piece = 0;
  for (const match of text.matchAll(/\r\n|\r|\n|$/g)) {
    const end = match.index;
    const inside: Segment[] = [];
    while (piece < pieces.length && pieces[piece]!.end <= start) piece++;
    for (let at = piece; at < pieces.length && pieces[at]!.start < end; at++) {
      const one = pieces[at]!;
      if (one.end <= start || start >= end) continue;
      inside.push({ ...one, start: Math.max(one.start, start), end: Math.min(one.end, end) });
    }
    const last = match[0] === '';
    if (!last || end > start || found.length === 0) {
      found.push({ number: found.length + 1, start, segments: inside });
    }
    start = end + match[0].length;
    if (last || found.length >= most) break;
  }
  return found;
}

const PICTURES = 0x2400;

/** Control characters as their pictures, so that nobody overlooks them. */
export function visible(text: string): string {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, (letter) =>
    letter === '\x7f' ? '\u2421' : String.fromCharCode(PICTURES + letter.charCodeAt(0)),
  );
}

/** Two messages, field by field: what was added, left out, and changed. */
import type { Json } from './tree';

export interface Difference {
  kind: 'added' | 'gone' | 'changed';
  /** Pointer in the left message; null where it is not there. */
  left: string | null;
  right: string | null;
  before: Json;
  after: Json;
}

/** Members that say nothing of the message's content. */
const APART = new Set(['notices']);
/** Items of a list up to which equal ones are looked for; beyond it they are compared by number. */
const LONGEST = 1500;

export function differences(left: Json, right: Json): Difference[] {
  const found: Difference[] = [];
  compare(left, right, '', '', found);
  return found;
}

function compare(left: Json, right: Json, at: string, to: string, found: Difference[]): void {
  if (Array.isArray(left) && Array.isArray(right)) {
    compareLists(left, right, at, to, found);
  } else if (isObject(left) && isObject(right)) {
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (APART.has(name)) continue;
      const step = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (!(name in right)) whole('gone', left[name]!, at + step, found);
      else if (!(name in left)) whole('added', right[name]!, to + step, found);
      else compare(left[name]!, right[name]!, at + step, to + step, found);
    }
  } else if (left !== right) {
    found.push({ kind: 'changed', left: at, right: to, before: left, after: right });
  }
}

function compareLists(left: Json[], right: Json[], at: string, to: string, found: Difference[]): void {
  let from = 0;
  let till = 0;
  for (const [low, high] of [...pairs(left, right), [left.length, right.length] as const]) {
    while (from < low && till < high) {
      compare(left[from]!, right[till]!, `${at}/${from}`, `${to}/${till}`, found);
      from++;
      till++;
    }
    for (; from < low; from++) whole('gone', left[from]!, `${at}/${from}`, found);
    for (; till < high; till++) whole('added', right[till]!, `${to}/${till}`, found);
    from = low + 1;
    till = high + 1;
  }
}

/** Indices of items that are the same on both sides, as many as can be in order. */
function pairs(left: readonly Json[], right: readonly Json[]): [number, number][] {
  if (left.length > LONGEST || right.length > LONGEST) return [];
  const a = left.map((item) => JSON.stringify(item));
  const b = right.map((item) => JSON.stringify(item));
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        a[i] === b[j]
          ? best[(i + 1) * width + j + 1]! + 1
          : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (best[(i + 1) * width + j]! >= best[i * width + j + 1]!) i++;
    else j++;
  }
  return found;
}

function whole(kind: 'added' | 'gone', value: Json, path: string, found: Difference[]): void {
  if (value !== null && typeof value === 'object') {
    for (const [step, item] of Object.entries(value)) whole(kind, item, `${path}/${step}`, found);
    return;
  }
  found.push(
    kind === 'added'
      ? { kind, left: null, right: path, before: null, after: value }
      : { kind, left: path, right: null, before: value, after: null },
  );
}

function isObject(value: Json): value is { [name: string]: Json } {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Canonical JSON as rows of a tree, with what each field means. */
import type { FormatPage } from '../api/types';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export interface Row {
  /** JSON pointer. */
  path: string;
  name: string;
  depth: number;
  /** Number of members below; null for a value. */
  members: number | null;
  /** A value as it is shown; for an object what tells it from its neighbours. */
  text: string;
  kind: 'text' | 'number' | 'flag' | 'nothing' | 'object' | 'list';
  meaning: Meaning | null;
}

export interface Meaning {
  zh: string;
  en: string;
  unit: string;
}

type Shapes = FormatPage['shapes'];

/** Name of the shape of what decoders add to a message. */
const WORKED_OUT = '+';
/** Members that the notices panel shows. */
const APART = new Set(['notices']);

/** Rows of a tree in order; what is below a closed path is left out. */
export function rows(
  value: Json,
  closed: ReadonlySet<string>,
  shapes: Shapes,
  filter = '',
): Row[] {
  const found: Row[] = [];
  const wanted = filter.trim().toLowerCase();
  const worked = shapes.find((shape) => shape.name === WORKED_OUT) ?? null;
  const visit = (one: Json, path: string, name: string, depth: number, owner: Shapes[number] | null): boolean => {
    const meaning = meaningOf(owner, name) ?? meaningOf(worked, name);
    if (one === null || typeof one !== 'object') {
      const row: Row = { path, name, depth, members: null, text: shown(one), kind: kindOf(one), meaning };
      if (wanted && !matches(row, wanted)) return false;
      found.push(row);
      return true;
    }
    const inner = membersOf(one);
    const at = found.length;
    const isList = Array.isArray(one);
    if (depth >= 0) {
      found.push({
        path, name, depth, members: inner.length, text: isList ? '' : gist(one),
        kind: isList ? 'list' : 'object', meaning,
      });
    }
    const shape = isList ? owner : shapeOf(one, shapes);
    let any = false;
    if (wanted || !closed.has(path)) {
      for (const [step, item] of inner) {
        const label = isList ? name : step;
        const below = isList && item !== null && typeof item === 'object' ? shapeOf(item, shapes) : shape;
        const shownAs = isList ? `${Number(step) + 1}` : label;
        any = visit(item, `${path}/${escape(step)}`, shownAs, depth + 1, isList ? null : below) || any;
      }
    }
    if (wanted && !any) found.length = at;
    return any;
  };
  visit(value, '', '', -1, null);
  return found;
}

function membersOf(value: Json): [string, Json][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return inOrder(Object.entries(value as Record<string, Json>).filter(([name]) => !APART.has(name)));
}

/** Members named by numbers in the order of these: the language puts `140` before `010`. */
function inOrder(members: [string, Json][]): [string, Json][] {
  if (!members.every(([name]) => /^\d+$/.test(name))) return members;
  return members.sort(([a], [b]) => Number(a) - Number(b));
}

function escape(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}

function matches(row: Row, wanted: string): boolean {
  const told = `${row.name} ${row.text} ${row.meaning?.zh ?? ''} ${row.meaning?.en ?? ''}`;
  return told.toLowerCase().includes(wanted);
}

function kindOf(value: null | boolean | number | string): Row['kind'] {
  if (value === null) return 'nothing';
  if (typeof value === 'boolean') return 'flag';
  return typeof value === 'number' ? 'number' : 'text';
}

function shown(value: null | boolean | number | string): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(10)));
  return value === null ? '' : String(value);
}

/** What tells an object from its neighbours: its first few short values. */
function gist(value: Json): string {
  const told: string[] = [];
  for (const item of Object.values(value as Record<string, Json>)) {
    if (typeof item === 'string' && item !== '' && item.length <= 24) told.push(item);
    if (typeof item === 'number') told.push(shown(item));
    if (told.length === 4) break;
  }
  return told.join(' · ');
}

/** The type whose fields an object has; the one that explains most of its members. */
export function shapeOf(value: Json, shapes: Shapes): Shapes[number] | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const names = Object.keys(value);
  let best: Shapes[number] | null = null;
  let bestScore = 0;
  for (const shape of shapes) {
    if (shape.name === WORKED_OUT) continue;
    const known = new Set(shape.fields.map((field) => field.name));
    const common = names.filter((name) => known.has(name)).length;
    const score = common - (names.length - common) * 0.5 - (known.size - common) * 0.05;
    if (score > bestScore) {
      best = shape;
      bestScore = score;
    }
  }
  return best;
}

function meaningOf(owner: Shapes[number] | null, name: string): Meaning | null {
  const field = owner?.fields.find((one) => one.name === name);
  return field ? { zh: field.zh, en: field.en, unit: field.unit } : null;
}

/** Pointers of all objects and lists, to close or open them together. */
export function branches(value: Json): string[] {
  return rows(value, new Set(), []).filter((row) => row.members !== null).map((row) => row.path);
}

/** Pointers of those above a path, nearest last. */
export function above(path: string): string[] {
  const steps = path.split('/').slice(1, -1);
  return steps.map((_, index) => `/${steps.slice(0, index + 1).join('/')}`);
}

/** What keys do on the map. Pure; `useMapKeys.ts` listens. */

export type MapKey =
  | 'distance'
  | 'area'
  | 'fence'
  | 'print'
  | 'follow'
  | 'scene'
  | 'north'
  | 'runway'
  | 'all'
  | 'closer'
  | 'farther'
  | 'escape'
  | 'finish'
  | 'point'
  | 'back'
  | 'forward';

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const PLAIN: Readonly<Record<string, MapKey>> = {
  m: 'distance',
  a: 'area',
  d: 'fence',
  p: 'print',
  f: 'follow',
  '3': 'scene',
  n: 'north',
  r: 'runway',
  '0': 'all',
  '+': 'closer',
  '=': 'closer',
  '-': 'farther',
  Escape: 'escape',
};
const DRAWING: Readonly<Record<string, MapKey>> = {
  Enter: 'finish',
  ' ': 'point',
  Backspace: 'back',
  Delete: 'back',
};

/** What a key means, `null` for nothing; some mean something only while a tool is in hand. */
export function mapKey(pressed: Pressed, drawing: boolean): MapKey | null {
  const key = pressed.key.length === 1 ? pressed.key.toLowerCase() : pressed.key;
  if (pressed.altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) {
    if (key === 'p') return 'print';
    if (key === 'y' || (key === 'z' && pressed.shiftKey)) return 'forward';
    return key === 'z' ? 'back' : null;
  }
  return (drawing ? DRAWING[key] : undefined) ?? PLAIN[key] ?? null;
}

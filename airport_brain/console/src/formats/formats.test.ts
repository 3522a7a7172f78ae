import { describe, expect, it } from 'vitest';
import { edited, fromBytes, fromText, inText, isBinary, octetsOf, spacedHex } from './bytes';
import { differences } from './differences';
import { chinese } from './Remarks';
import { lines, segments, visible } from './segments';
import { above, branches, rows, shapeOf } from './tree';

describe('bytes', () => {
  it('count as the gateway does and show as text', () => {
    const original = fromText('理货 A𠮷B');
    expect(original.bytes.length).toBe(13);
    expect(original.text.slice(...inText(original, 0, 6))).toBe('理货');
    expect(original.text.slice(...inText(original, 7, 8))).toBe('A');
    expect(original.text.slice(...inText(original, 12, 13))).toBe('B');
    expect(inText(original, 13, 99)).toEqual([7, 7]);
  });

  it('that are no UTF-8 are one letter each', () => {
    const original = fromBytes(new Uint8Array([0x41, 0xb0, 0x42]));
    expect(original.text).toBe('A°B');
    expect(inText(original, 2, 3)).toEqual([2, 3]);
  });
});

describe('an edited message', () => {
  it('keeps the line ends that it had', () => {
    expect(edited('A\nBX', fromText('A\r\nB')).text).toBe('A\r\nBX');
    expect(edited('A\nBX', fromText('A\rB')).text).toBe('A\rBX');
    expect(edited('A\nBX\n', fromText('A\nB\n')).text).toBe('A\nBX\n');
    expect(edited('A\nB\nX', fromText('A\r\nB\nC')).text).toBe('A\nB\nX');
  });

  it('is of octets when text would break it', () => {
    expect(isBinary(fromBytes(new Uint8Array([0x7e, 0x02, 0xb0])))).toBe(true);
    expect(isBinary(fromBytes(new Uint8Array([0x41, 0x00])))).toBe(true);
    expect(isBinary(fromText('\u0001QU SHATTMU\r\n\u0002理货\u0003'))).toBe(false);
  });

  it('is read of whole octets only', () => {
    const bytes = new Uint8Array([0x7e, 0x02, 0xb0]);
    expect(spacedHex(bytes)).toBe('7E 02 B0');
    expect(octetsOf('7e 02\nB0')).toEqual(bytes);
    for (const text of ['', '7E 0', '7E ZZ']) expect(octetsOf(text)).toBeNull();
  });
});

describe('segments', () => {
  it('are cut at every edge, the narrowest place first', () => {
    const cut = segments(10, [{ start: 1, end: 8 }, { start: 3, end: 5 }], [{ start: 4, end: 9 }]);
    expect(cut.map(({ start, end, places, marks }) => [start, end, places, marks])).toEqual([
      [0, 1, [], []],
      [1, 3, [0], []],
      [3, 4, [1, 0], []],
      [4, 5, [1, 0], [0]],
      [5, 8, [0], [0]],
      [8, 9, [], [0]],
      [9, 10, [], []],
    ]);
  });

  it('are laid out in lines of every kind of line end', () => {
    const text = 'AB\r\nC\n\rD';
    const found = lines(text, segments(text.length, [{ start: 1, end: 5 }], []), 100);
    expect(found.map((line) => line.segments.map((one) => text.slice(one.start, one.end)))).toEqual([
      ['A', 'B'],
      ['C'],
      [],
      ['D'],
    ]);
    expect(found.map((line) => line.number)).toEqual([1, 2, 3, 4]);
    expect(lines('A\n', segments(2, [], []), 100)).toHaveLength(1);
  });

  it('show control characters', () => {
    expect(visible('\x01A\x03\r')).toBe('␁A␃\r');
  });
});

const SHAPES = [
  { name: 'Flight', summary: '', fields: [field('airline', '航空公司'), field('number', '航班号')] },
  { name: 'Party', summary: '', fields: [field('name', '名称'), field('number', '号码')] },
];

function field(name: string, zh: string) {
  return { name, type: 'text', unit: '', zh, en: name };
}

describe('tree', () => {
  const value = { airline: 'MU', number: '5101', legs: [{ name: 'A' }, 'x'], notices: [{ code: 'n' }] };

  it('has a row per member, with the meaning of its type', () => {
    const found = rows(value, new Set(), SHAPES);
    expect(found.map((row) => [row.path, row.depth])).toEqual([
      ['/airline', 0],
      ['/number', 0],
      ['/legs', 0],
      ['/legs/0', 1],
      ['/legs/0/name', 2],
      ['/legs/1', 1],
    ]);
    expect(found[1]?.meaning?.zh).toBe('航班号');
    expect(found[4]?.meaning?.zh).toBe('名称');
  });

  it('closes and filters', () => {
    expect(rows(value, new Set(['/legs']), SHAPES)).toHaveLength(3);
    expect(rows(value, new Set(), SHAPES, '航空').map((row) => row.name)).toEqual(['airline']);
    expect(rows(value, new Set(['/legs']), SHAPES, 'x').map((row) => row.path)).toEqual([
      '/legs',
      '/legs/1',
    ]);
    expect(branches(value)).toEqual(['/legs', '/legs/0']);
    expect(above('/legs/0/name')).toEqual(['/legs', '/legs/0']);
  });

  it('takes the type that explains most', () => {
    expect(shapeOf({ airline: 'MU', number: '1' }, SHAPES)?.name).toBe('Flight');
    expect(shapeOf({ other: 1 }, SHAPES)).toBeNull();
  });
});

describe('members named by numbers', () => {
  it('stand in the order of these', () => {
    const value = JSON.parse('{"items": {"010": 1, "140": 2, "015": 3}}') as Parameters<typeof rows>[0];
    expect(rows(value, new Set(), []).map((row) => row.name)).toEqual(['items', '010', '015', '140']);
  });
});

describe('differences', () => {
  it('tell what was added, left out and changed', () => {
    const before = { a: 1, b: { c: 'x' }, list: ['p', 'q', 'r'], notices: [] };
    const after = { a: 2, d: { e: 'y' }, list: ['p', 'r', 's'] };
    expect(differences(before, after)).toEqual([
      { kind: 'changed', left: '/a', right: '/a', before: 1, after: 2 },
      { kind: 'gone', left: '/b/c', right: null, before: 'x', after: null },
      { kind: 'gone', left: '/list/1', right: null, before: 'q', after: null },
      { kind: 'added', left: null, right: '/list/2', before: null, after: 's' },
      { kind: 'added', left: null, right: '/d/e', before: null, after: 'y' },
    ]);
    expect(differences(before, before)).toEqual([]);
  });
});

describe('places in words', () => {
  it('are said in Chinese', () => {
    expect(chinese('line 3 column 12')).toBe('第 3 行第 12 列');
    expect(chinese('line 2 /MSG/META[2]')).toBe('第 2 行 /MSG/META[2]');
    expect(chinese('body byte 17')).toBe('消息体第 17 字节');
  });
});

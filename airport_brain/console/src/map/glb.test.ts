import { describe, expect, it } from 'vitest';
import { readGlb } from './glb';
import { colourOf, meshOf } from './mesh';
import { meet, rayBetween } from './ray';
import { pyramid } from './testGlb';

describe('a GLB file', () => {
  it('comes back with east, north and up, its things and its colours', () => {
    const { nodes, things } = readGlb(pyramid());
    expect(things).toEqual([{ id: 'ZSSS.building.T9', kind: 'building', zh: '九号楼', en: 'Terminal 9' }]);
    const [part] = nodes[0]!.primitives;
    expect(part!.material).toBe('glass');
    expect(part!.colour).toEqual([255, 188, 0]);
    expect([...part!.points.slice(9, 12)]).toEqual([5, 5, 20]);
    expect(Math.max(...part!.triangles)).toBe(3);
  });

  it('is refused when it is something else', () => {
    expect(() => readGlb(new ArrayBuffer(64))).toThrow(TypeError);
  });
});

describe('a mesh', () => {
  const parts = readGlb(pyramid()).nodes[0]!.primitives;

  it('has a colour per corner, other by night, and marks what is chosen', () => {
    const day = meshOf(parts, 'light');
    // Three sides with corners of their own, and each its own light.
    expect(day.attributes.positions.value).toHaveLength(27);
    expect(new Set(day.attributes.colors.value.filter((_, at) => at % 9 === 0)).size).toBe(3);
    const night = colourOf(parts[0]!, 'dark');
    expect(night).not.toEqual(colourOf(parts[0]!, 'light'));
    expect(meshOf(parts, 'light', 0).attributes.colors.value).not.toEqual(day.attributes.colors.value);
  });

  it('casts a shadow without colours', () => {
    expect(new Set(meshOf(parts, 'shadow').attributes.colors.value)).toEqual(new Set([1]));
  });
});

describe('a line of sight', () => {
  const parts = readGlb(pyramid()).nodes[0]!.primitives;
  const origin: [number, number] = [121.3, 31.2];
  const degree = 111_194.93;
  const at = (east: number, north: number, up: number) =>
    [121.3 + east / (degree * Math.cos((31.2 * Math.PI) / 180)), 31.2 + north / degree, up] as const;

  it('meets the nearest triangle and its thing', () => {
    const hit = meet(rayBetween(origin, at(5, 2, 100), at(5, 2, -100)), parts);
    expect(hit?.thing).toBe(0);
    expect(hit!.distance).toBeGreaterThan(0);
    expect(hit!.distance).toBeLessThan(0.5);
  });

  it('goes past what is beside it', () => {
    expect(meet(rayBetween(origin, at(50, 2, 100), at(50, 2, -100)), parts)).toBeNull();
  });
});

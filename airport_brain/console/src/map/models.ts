/** Models that are drawn many times: aircraft by type, vehicles by fleet, moving parts of bridges. */

import type { Theme } from '../theme';
import type { Glb, GlbNode } from './glb';
import { meshOf, type Mesh } from './mesh';
import { fetchGlb } from './tileset';

const ADDRESS = '/api/spatiotemporal/scene/models.glb';
/** The part of an aircraft that is painted in its airline's colour. */
const TAIL = 'tail';

interface Names {
  same: Record<string, string>;
  by_code: Record<string, string>;
}

export class Models {
  private readonly nodes: ReadonlyMap<string, GlbNode>;
  private readonly names: Names;
  private readonly meshes = new Map<string, Mesh>();

  constructor(glb: Glb) {
    this.nodes = new Map(glb.nodes.map((node) => [node.name, node]));
    this.names = this.nodes.get('names')?.extras as unknown as Names;
  }

  /** Designator of the model for a type as feeds name it, else for a size letter. */
  aircraftType(type: string, code: string): string {
    const key = type.trim().toUpperCase();
    const known = this.names.same[key] ?? key;
    if (this.nodes.has(`aircraft.${known}`)) return known;
    return this.names.by_code[code] ?? 'A320';
  }

  lengthM(designator: string): number {
    return Number(this.nodes.get(`aircraft.${designator}`)?.extras.length_m ?? 38);
  }

  heightM(designator: string): number {
    return Number(this.nodes.get(`aircraft.${designator}`)?.extras.height_m ?? 12);
  }

  /** An aircraft's shadow: its view from above, without colours. */
  shadow(designator: string): Mesh | null {
    return this.made(`plan.${designator}`, 'shadow', () => true);
  }

  /** A model without its tail, or the tail alone. */
  mesh(name: string, theme: Theme, part: 'body' | 'tail' = 'body'): Mesh | null {
    return this.made(name, theme, (material) => (material === TAIL) === (part === 'tail'), part);
  }

  private made(
    name: string,
    theme: Theme | 'shadow',
    wanted: (material: string) => boolean,
    part = '',
  ): Mesh | null {
    const node = this.nodes.get(name);
    if (!node) return null;
    const key = `${name}:${theme}:${part}`;
    let mesh = this.meshes.get(key);
    if (!mesh) {
      mesh = meshOf(node.primitives.filter(({ material }) => wanted(material)), theme);
      this.meshes.set(key, mesh);
    }
    return mesh;
  }
}

/** The models, fetched once. */
export async function fetchModels(): Promise<Models> {
  return new Models(await fetchGlb(ADDRESS));
}

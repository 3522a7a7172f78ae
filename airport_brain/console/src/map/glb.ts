/**
 * Reading binary glTF as our own scenes have it: triangles by material, the thing that each corner
 * belongs to, and the table of things. Points come back with east, north and up in this order.
 */

export interface Primitive {
  material: string;
  /** sRGB, 0 to 255. */
  colour: readonly [number, number, number];
  /** East, north, up of each corner, metres. */
  points: Float32Array;
  triangles: Uint16Array | Uint32Array;
  /** Row of the table for each corner; absent in models that are drawn many times. */
  things: Float32Array | null;
}

export interface GlbNode {
  name: string;
  extras: Record<string, unknown>;
  primitives: Primitive[];
}

export interface Thing {
  id: string;
  kind: string;
  zh: string;
  en: string;
}

export interface Glb {
  nodes: GlbNode[];
  things: Thing[];
}

interface Document {
  nodes?: { name: string; mesh?: number; extras?: Record<string, unknown> }[];
  meshes?: { primitives: RawPrimitive[] }[];
  materials?: { name: string; pbrMetallicRoughness: { baseColorFactor: number[] } }[];
  accessors?: { bufferView: number; componentType: number; count: number; type: string }[];
  bufferViews?: { byteOffset: number; byteLength: number }[];
  extensions?: { EXT_structural_metadata?: { propertyTables: PropertyTable[] } };
}

interface RawPrimitive {
  attributes: Record<string, number>;
  indices: number;
  material: number;
}

interface PropertyTable {
  count: number;
  properties: Record<string, { values: number; stringOffsets: number }>;
}

const MAGIC = 0x46546c67;
const SHORT = 5123;

/** Read a file; throws when it is no GLB. */
export function readGlb(bytes: ArrayBuffer): Glb {
  const head = new DataView(bytes);
  if (bytes.byteLength < 20 || head.getUint32(0, true) !== MAGIC) throw new TypeError('not a GLB file');
  const size = head.getUint32(12, true);
  const document = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 20, size))) as Document;
  const reader = new Reader(document, bytes, 28 + size);
  return { nodes: reader.nodes(), things: reader.things() };
}

class Reader {
  constructor(
    private readonly document: Document,
    private readonly bytes: ArrayBuffer,
    private readonly start: number,
  ) {}

  nodes(): GlbNode[] {
    return (this.document.nodes ?? []).map(({ name, mesh, extras }) => ({
      name,
      extras: extras ?? {},
      primitives:
        mesh === undefined
          ? []
          : this.document.meshes![mesh]!.primitives.map((part) => this.primitive(part)),
    }));
  }

  private primitive({ attributes, indices, material }: RawPrimitive): Primitive {
    const { name, pbrMetallicRoughness } = this.document.materials![material]!;
    const [red = 1, green = 1, blue = 1] = pbrMetallicRoughness.baseColorFactor;
    const numbers = attributes._FEATURE_ID_0;
    return {
      material: name,
      colour: [srgb(red), srgb(green), srgb(blue)],
      points: eastNorthUp(this.floats(attributes.POSITION!, 3)),
      triangles: this.indices(indices),
      things: numbers === undefined ? null : this.floats(numbers, 1),
    };
  }

  private at(view: number): number {
    return this.start + this.document.bufferViews![view]!.byteOffset;
  }

  private floats(number: number, width: number): Float32Array {
    const { bufferView, count } = this.document.accessors![number]!;
    // A copy: the buffer's start is aligned to four bytes in the file, not for sure in memory.
    const from = this.at(bufferView);
    return new Float32Array(this.bytes.slice(from, from + count * width * 4));
  }

  private indices(number: number): Uint16Array | Uint32Array {
    const { bufferView, count, componentType } = this.document.accessors![number]!;
    const from = this.at(bufferView);
    return componentType === SHORT
      ? new Uint16Array(this.bytes.slice(from, from + count * 2))
      : new Uint32Array(this.bytes.slice(from, from + count * 4));
  }

  things(): Thing[] {
    const table = this.document.extensions?.EXT_structural_metadata?.propertyTables[0];
    if (!table) return [];
    const column = (name: string): string[] => this.texts(table, name);
    const [ids, kinds, zh, en] = ['id', 'kind', 'name_zh', 'name_en'].map(column);
    return ids!.map((id, row) => ({ id, kind: kinds![row]!, zh: zh![row]!, en: en![row]! }));
  }

  private texts(table: PropertyTable, name: string): string[] {
    const { values, stringOffsets } = table.properties[name]!;
    const ends = new Uint32Array(
      this.bytes.slice(this.at(stringOffsets), this.at(stringOffsets) + (table.count + 1) * 4),
    );
    const decoder = new TextDecoder();
    const from = this.at(values);
    return Array.from({ length: table.count }, (_, row) =>
      decoder.decode(new Uint8Array(this.bytes, from + ends[row]!, ends[row + 1]! - ends[row]!)),
    );
  }
}

/** glTF has up second and south third. */
function eastNorthUp(points: Float32Array): Float32Array {
  for (let at = 0; at < points.length; at += 3) {
    const up = points[at + 1]!;
    points[at + 1] = -points[at + 2]!;
    points[at + 2] = up;
  }
  return points;
}

function srgb(linear: number): number {
  const part = linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(part * 255);
}

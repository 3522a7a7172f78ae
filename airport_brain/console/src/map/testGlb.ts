/** A small GLB for tests: a three-sided roof over one thing, written as the platform writes them. */

const POINTS = [0, 0, 0, 10, 0, 0, 5, 0, -10, 5, 20, -5];
const SIDES = [0, 1, 3, 1, 2, 3, 2, 0, 3];
const TEXTS = { id: 'ZSSS.building.T9', kind: 'building', name_zh: '九号楼', name_en: 'Terminal 9' };

export function pyramid(): ArrayBuffer {
  const binary: number[] = [];
  const views: { buffer: number; byteOffset: number; byteLength: number }[] = [];
  const view = (bytes: Uint8Array): number => {
    while (binary.length % 8) binary.push(0);
    views.push({ buffer: 0, byteOffset: binary.length, byteLength: bytes.length });
    binary.push(...bytes);
    return views.length - 1;
  };
  const bytesOf = (array: Float32Array | Uint16Array | Uint32Array) => new Uint8Array(array.buffer);
  const accessors = [
    { bufferView: view(bytesOf(new Float32Array(POINTS))), componentType: 5126, count: 4, type: 'VEC3' },
    { bufferView: view(bytesOf(new Float32Array(4))), componentType: 5126, count: 4, type: 'SCALAR' },
    { bufferView: view(bytesOf(new Uint16Array(SIDES))), componentType: 5123, count: 9, type: 'SCALAR' },
  ];
  const properties = Object.fromEntries(
    Object.entries(TEXTS).map(([name, text]) => {
      const bytes = new TextEncoder().encode(text);
      return [name, { values: view(bytes), stringOffsets: view(bytesOf(new Uint32Array([0, bytes.length]))) }];
    }),
  );
  const document = {
    asset: { version: '2.0' },
    nodes: [{ name: 'cell', mesh: 0 }],
    meshes: [
      { primitives: [{ attributes: { POSITION: 0, _FEATURE_ID_0: 1 }, indices: 2, material: 0 }] },
    ],
    materials: [{ name: 'glass', pbrMetallicRoughness: { baseColorFactor: [1, 0.5, 0, 1] } }],
    accessors,
    bufferViews: views,
    extensions: { EXT_structural_metadata: { propertyTables: [{ count: 1, properties }] } },
  };
  let text = JSON.stringify(document);
  while (new TextEncoder().encode(text).length % 4) text += ' ';
  const json = new TextEncoder().encode(text);
  const file = new Uint8Array(28 + json.length + binary.length);
  const head = new DataView(file.buffer);
  [0x46546c67, 2, file.length, json.length, 0x4e4f534a].forEach((value, at) => head.setUint32(at * 4, value, true));
  file.set(json, 20);
  head.setUint32(20 + json.length, binary.length, true);
  head.setUint32(24 + json.length, 0x004e4942, true);
  file.set(binary, 28 + json.length);
  return file.buffer;
}

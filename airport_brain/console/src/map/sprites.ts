/**
 * Many small pictures in one draw: markers that lie on the ground, or signs that face the camera.
 *
 * deck.gl draws such things as instances of one square. A renderer without a graphics card sets up each
 * instance like a draw of its own, 3,000 of them in a tenth of a second. Here they are corners of one mesh,
 * put in their places by the processor, a marker as one triangle that its square fits into; that takes a
 * fraction. Texture and draw go the way of deck.gl's own layer for pictures.
 */

import type { Layer, Viewport } from '@deck.gl/core';
import { BitmapLayer } from '@deck.gl/layers';

/** Numbers of a place: longitude, latitude, height. */
export const PLACE = 3;

/** Pictures and where they are; the arrays may be longer than the count asks for. */
export interface Sprites {
  count: number;
  /** Corners of each: 3 or 4, counterclockwise. */
  sides: 3 | 4;
  /** Longitude and latitude in degrees, height in metres. */
  places: Float64Array;
  /** Pixels right and up of the place; two of each corner. */
  corners: Float32Array;
  /** The same corners in the picture of all pictures, 0 to 1 from its upper left. */
  texture: Float32Array;
  /** Another number when `texture` or the count is another than before. */
  textureMark: number;
}

interface SpriteProps {
  sprites: Sprites;
  /** On the ground, with north up; otherwise facing the camera. */
  flat: boolean;
}

interface Mesh {
  vertexCount: number;
  positions: Float64Array<ArrayBuffer>;
  indices: Uint32Array<ArrayBuffer>;
  texCoords: Float32Array<ArrayBuffer>;
  /** Corners in clip space; filled when they are drawn. */
  clips: Float32Array<ArrayBuffer>;
  mark: number;
  count: number;
}

const VERTICES = `#version 300 es
#define SHADER_NAME sprites-vertex
in vec4 clips;
in vec2 texCoords;
out vec2 vTexCoord;

void main(void) {
  gl_Position = clips;
  vTexCoord = texCoords;
}
`;

const FRAGMENTS = `#version 300 es
#define SHADER_NAME sprites-fragment
precision highp float;
uniform sampler2D bitmapTexture;
in vec2 vTexCoord;
out vec4 fragColor;

void main(void) {
  vec4 colour = texture(bitmapTexture, vTexCoord);
  fragColor = vec4(colour.rgb * bitmap.tintColor, colour.a * layer.opacity);
}
`;

const NO_POSITIONS = new Float64Array(3);

export class SpriteLayer extends BitmapLayer<SpriteProps> {
  static override layerName = 'SpriteLayer';
  static override defaultProps = {
    sprites: { type: 'object', value: null, ignore: true },
    flat: true,
  } as never;

  override getShaders(): unknown {
    return { ...super.getShaders(), vs: VERTICES, fs: FRAGMENTS };
  }

  override initializeState(): void {
    super.initializeState();
    const attributes = this.getAttributeManager()!;
    attributes.remove(['positions']);
    attributes.add({
      clips: {
        size: 4,
        noAlloc: true,
        update: (attribute) => {
          attribute.value = (this.state.mesh as Mesh).clips;
        },
      },
    });
  }

  protected override _createMesh(): Mesh {
    const { count, sides, texture, textureMark } = this.props.sprites;
    const before = this.state.mesh as Mesh | undefined;
    if (before?.count === count && before.mark === textureMark) return before;
    return {
      vertexCount: count * (sides - 2) * 3,
      positions: NO_POSITIONS,
      indices: indices(count, sides),
      texCoords: texture.slice(0, count * sides * 2),
      clips: new Float32Array(count * sides * 4),
      mark: textureMark,
      count,
    };
  }

  override draw(options: unknown): void {
    const { sprites, flat } = this.props;
    const { clips } = this.state.mesh as Mesh;
    const put = flat ? putFlat : putUpright;
    put(clips, sprites, this.context.viewport);
    this.getAttributeManager()!.getAttributes().clips!.buffer.write(clips);
    super.draw(options);
  }
}

/**
 * The layer of these sprites as they are now. `hidden`: what stands before them hides them; a sign is to
 * be read all the same. `mark`: another number for every other picture.
 */
export function spriteLayer(
  id: string,
  sprites: Sprites,
  { image, flat, hidden, mark }: { image: ImageData; flat: boolean; hidden: boolean; mark: number },
): Layer {
  return new SpriteLayer({
    id,
    sprites,
    flat,
    image: image as never,
    // Pictures are drawn at their own size: smaller copies of them are not needed.
    textureParameters: { mipmapFilter: 'none' },
    // Not bounds: other numbers here are what makes the layer ask for its mesh again.
    bounds: [0, 0, mark, sprites.count + 1],
    // What is clear in a picture must hide nothing behind it.
    parameters: { depthCompare: hidden ? 'less-equal' : 'always', depthWriteEnabled: false },
  });
}

/** Columns for so many sprites. */
export function spritesFor(most: number, sides: 3 | 4): Sprites {
  return {
    count: 0,
    sides,
    places: new Float64Array(most * PLACE),
    corners: new Float32Array(most * sides * 2),
    texture: new Float32Array(most * sides * 2),
    textureMark: 0,
  };
}

/** Corners on the ground: so many pixels east and north at the camera's distance. */
export function putFlat(clips: Float32Array, { count, sides, places, corners }: Sprites, viewport: Viewport): void {
  const { viewProjectionMatrix: m, scale } = viewport as Viewport & { scale: number };
  const clip = [0, 0, 0, 0];
  for (let sprite = 0, at = 0; sprite < count; sprite += 1) {
    project(clip, places, sprite, viewport);
    for (let corner = 0; corner < sides; corner += 1, at += 1) {
      const east = corners[at * 2]! / scale;
      const north = corners[at * 2 + 1]! / scale;
      for (let axis = 0; axis < 4; axis += 1) {
        clips[at * 4 + axis] = clip[axis]! + m[axis]! * east + m[axis + 4]! * north;
      }
    }
  }
}

/** Corners on the screen, at whole pixels: letters between two rows of pixels look washed out. */
export function putUpright(clips: Float32Array, { count, sides, places, corners }: Sprites, viewport: Viewport): void {
  const { width, height } = viewport;
  const clip = [0, 0, 0, 0];
  for (let sprite = 0, at = 0; sprite < count; sprite += 1) {
    project(clip, places, sprite, viewport);
    const w = clip[3]!;
    const x = Math.round(((clip[0]! / w + 1) / 2) * width);
    const y = Math.round(((clip[1]! / w + 1) / 2) * height);
    for (let corner = 0; corner < sides; corner += 1, at += 1) {
      clips[at * 4] = (((x + corners[at * 2]!) / width) * 2 - 1) * w;
      clips[at * 4 + 1] = (((y + corners[at * 2 + 1]!) / height) * 2 - 1) * w;
      clips[at * 4 + 2] = clip[2]!;
      clips[at * 4 + 3] = w;
    }
  }
}

/** A place in clip space. */
function project(clip: number[], places: Float64Array, sprite: number, viewport: Viewport): void {
  const [x, y] = viewport.projectFlat([places[sprite * PLACE]!, places[sprite * PLACE + 1]!]);
  const m = viewport.viewProjectionMatrix;
  const z = places[sprite * PLACE + 2]! * viewport.distanceScales.unitsPerMeter[2]!;
  for (let axis = 0; axis < 4; axis += 1) {
    clip[axis] = m[axis]! * x + m[axis + 4]! * y + m[axis + 8]! * z + m[axis + 12]!;
  }
}

function indices(count: number, sides: 3 | 4): Uint32Array<ArrayBuffer> {
  const made = new Uint32Array(count * (sides - 2) * 3);
  for (let sprite = 0, at = 0; sprite < count; sprite += 1) {
    for (let side = 0; side < sides - 2; side += 1, at += 3) {
      made[at] = sprite * sides;
      made[at + 1] = sprite * sides + side + 1;
      made[at + 2] = sprite * sides + side + 2;
    }
  }
  return made;
}

/** Of a marker's cell and of the triangle in it: width and height, in sizes of the marker. */
export const CELL_WIDTH = 1.5;
export const CELL_HEIGHT = 1.2;

/**
 * A triangle round a marker of so many pixels that is turned to a heading: its base below the marker, its
 * tip above the nose. Every marker is narrower in front, so that little of the triangle shows nothing.
 */
export function turnedTriangle(into: Float32Array, sprite: number, pixels: number, headingDeg: number): void {
  const cosine = Math.cos((headingDeg * Math.PI) / 180) * pixels;
  const sine = Math.sin((headingDeg * Math.PI) / 180) * pixels;
  const [side, base, tip] = [CELL_WIDTH / 2, -0.5, CELL_HEIGHT - 0.5];
  const at = sprite * 6;
  into[at] = -side * cosine + base * sine;
  into[at + 1] = side * sine + base * cosine;
  into[at + 2] = side * cosine + base * sine;
  into[at + 3] = -side * sine + base * cosine;
  into[at + 4] = tip * sine;
  into[at + 5] = tip * cosine;
}

/** Corners of a rectangle in pixels, right and up of its place. */
export function rectangle(
  into: Float32Array,
  sprite: number,
  left: number,
  bottom: number,
  right: number,
  top: number,
): void {
  into.set([left, bottom, right, bottom, right, top, left, top], sprite * 8);
}

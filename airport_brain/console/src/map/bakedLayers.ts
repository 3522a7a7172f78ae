/** Layers of things that stand: each one mesh, baked when it is first wanted and kept after that. */

import type { Layer } from '@deck.gl/core';
import { SimpleMeshLayer } from '@deck.gl/mesh-layers';
import type { Theme } from '../theme';
import { bake, type Copy } from './baked';
import type { LonLat } from './geodesy';
import type { Kept } from './kept';
import { UNLIT, type Mesh } from './mesh';

interface Baked {
  mesh: Mesh;
  /** The one place that the mesh stands at; the same list as long as the mesh is the same. */
  data: LonLat[];
}

export class BakedLayers {
  private readonly baked = new Map<string, Baked>();

  constructor(private readonly kept: Kept) {}

  /** What stands is no longer the same. */
  clear(): void {
    this.baked.clear();
  }

  /**
   * The layer of these copies.
   * @param visible one that is not stays with the graphics card if it has been drawn before, and is nothing
   *   otherwise.
   */
  layer(id: string, origin: LonLat, theme: Theme, copies: () => Copy[], visible = true): Layer[] {
    const key = `${id}:${theme}`;
    let baked = this.baked.get(key);
    if (!baked) {
      if (!visible) return [];
      baked = { mesh: bake(origin, copies()), data: [origin] };
      this.baked.set(key, baked);
    }
    const { mesh, data } = baked;
    const make = (): Layer =>
      new SimpleMeshLayer<LonLat>({
        id,
        data,
        mesh: mesh as never,
        getPosition: (at) => [at[0], at[1], 0],
        getColor: [255, 255, 255],
        visible,
        ...UNLIT,
      });
    return [this.kept.layer(id, [mesh, visible], make)];
  }
}

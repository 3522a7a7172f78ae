/**
 * Layers that are the same as in the picture before, given again as they were.
 *
 * deck.gl takes a layer that it already has as unchanged and looks at none of its data; a new one with
 * the same content is compared and its data sent to the graphics card once more. A layer that was left
 * out of a picture is forgotten: deck.gl lets go of what it has made of it.
 */

import type { Layer } from '@deck.gl/core';

interface Known {
  layer: Layer | null;
  of: readonly unknown[];
}

export class Kept {
  private before = new Map<string, Known>();
  private now = new Map<string, Known>();

  /** A picture begins. */
  begin(): void {
    this.before = this.now;
    this.now = new Map();
  }

  /**
   * The layer of this id, made anew only when something that it is made of is another than before.
   * @param of everything that `make` depends on; compared by identity.
   */
  layer<T extends Layer | null>(id: string, of: readonly unknown[], make: (id: string) => T): T {
    const known = this.before.get(id);
    const same = known && known.of.length === of.length && known.of.every((part, at) => part === of[at]);
    const layer = same ? (known.layer as T) : make(id);
    this.now.set(id, { layer, of });
    return layer;
  }
}

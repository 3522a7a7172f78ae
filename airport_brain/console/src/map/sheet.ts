/**
 * Ground and what is over it as one plain picture, above the canvases that they were drawn in.
 *
 * They are drawn one after the other, and in between the picture before is still shown. A compositor without a graphics card takes about as long for each canvas of the window's size as
 * for drawing a few thousand markers: one that is moved is half of the work of two.
 */

export class Sheet {
  private readonly canvas = document.createElement('canvas');
  private readonly pen: CanvasRenderingContext2D | null;
  /** Ground for which what is over it is still to be drawn; not shown. */
  private readonly ground = document.createElement('canvas');
  private readonly groundPen: CanvasRenderingContext2D | null;

  /** @param under the elements that it covers. */
  constructor(
    container: HTMLElement,
    private readonly under: () => HTMLElement[],
  ) {
    this.pen = penOf(this.canvas);
    this.groundPen = penOf(this.ground);
    this.canvas.dataset.sheet = '';
    Object.assign(this.canvas.style, {
      position: 'absolute',
      left: '0',
      top: '0',
      width: '100%',
      height: '100%',
      pointerEvents: 'none',
      display: 'none',
    });
    container.append(this.canvas);
  }

  get shown(): boolean {
    return this.canvas.style.display === '';
  }

  get element(): HTMLElement {
    return this.canvas;
  }

  /** Put aside ground that has been drawn in this task. */
  keep(ground: HTMLCanvasElement): void {
    const { width, height } = ground;
    // While the page is printed the map has no size.
    if (!this.groundPen || width === 0 || height === 0) return;
    size(this.ground, width, height);
    this.groundPen.drawImage(ground, 0, 0);
  }

  /** Lay what has been drawn in this task over that ground, and show both in the place of what they cover. */
  take(above: HTMLCanvasElement | null): void {
    const { width, height } = this.ground;
    if (!this.pen || width === 0 || height === 0) return;
    size(this.canvas, width, height);
    this.pen.drawImage(this.ground, 0, 0);
    if (above && above.width > 0 && above.height > 0) this.pen.drawImage(above, 0, 0, width, height);
    this.show(true);
  }

  /** Show what lies under it again. */
  drop(): void {
    this.show(false);
  }

  /** Canvases that are clear cost nothing and keep the keyboard. */
  private show(shown: boolean): void {
    this.canvas.style.display = shown ? '' : 'none';
    for (const { style } of this.under()) style.opacity = shown ? '0' : '';
  }
}

function penOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  return canvas.getContext('2d', { alpha: false, willReadFrequently: true });
}

/** A canvas that is given a size is cleared, even if it is the one that it has. */
function size(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

/**
 * Ground and what is over it as one plain picture, above the canvases that they were drawn in.
 *
 * A compositor without a graphics card takes about as long for each canvas of the window's size as
 * for drawing a few thousand markers: one that is moved is half of the work of two.
 */

export class Sheet {
  private readonly canvas = document.createElement('canvas');
  private readonly pen: CanvasRenderingContext2D | null;

  /** @param under the elements that it covers. */
  constructor(
    container: HTMLElement,
    private readonly under: () => HTMLElement[],
  ) {
    this.pen = this.canvas.getContext('2d', { alpha: false, willReadFrequently: true });
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

  /** Copy canvases, lowest first, that have been drawn in this task, and show the copy in their place. */
  take(canvases: readonly HTMLCanvasElement[]): void {
    // While the page is printed the map has no size.
    const drawn = canvases.filter(({ width, height }) => width > 0 && height > 0);
    const [first] = drawn;
    if (!this.pen || !first) return;
    const { width, height } = first;
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    for (const canvas of drawn) this.pen.drawImage(canvas, 0, 0, width, height);
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

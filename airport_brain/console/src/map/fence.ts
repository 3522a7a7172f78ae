/**
 * Whether a canvas has its picture: commands to draw are queued, and done some time after they were given.
 *
 * Whoever draws anew before that lets a hand wait for both pictures.
 */

export class Fence {
  private behind: { gl: WebGL2RenderingContext; sync: WebGLSync } | null = null;
  private setMs = 0;

  /** From here on: is what was drawn in a canvas until now done? */
  set(canvas: HTMLCanvasElement | null, nowMs: number): void {
    this.drop();
    const gl = canvas?.getContext('webgl2');
    const sync = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!gl || !sync) return;
    gl.flush();
    this.behind = { gl, sync };
    this.setMs = nowMs;
  }

  /**
   * Ask once in a turn of the browser's loop.
   * @returns whether it has been passed, and how long that took where it is known for the first time; ms.
   */
  passed(nowMs: number): { done: boolean; tookMs?: number } {
    const { behind } = this;
    if (!behind) return { done: true };
    const { gl, sync } = behind;
    // A lost context answers nothing and will draw nothing.
    if (!gl.isContextLost() && gl.getSyncParameter(sync, gl.SYNC_STATUS) === gl.UNSIGNALED) return { done: false };
    this.drop();
    return { done: true, tookMs: nowMs - this.setMs };
  }

  private drop(): void {
    if (this.behind) this.behind.gl.deleteSync(this.behind.sync);
    this.behind = null;
  }
}

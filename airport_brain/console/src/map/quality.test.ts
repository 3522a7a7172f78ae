import { describe, expect, it } from 'vitest';
import { isSoftware, Quality, REST_MS, STEPS } from './quality';

/** A machine whose frames take so long at full size; half of the pixels take half of the time. */
function move(quality: Quality, fullMs: number, frames: number): number[] {
  const shares: number[] = [];
  for (let frame = 0; frame < frames; frame += 1) {
    const { share } = quality.detail(0);
    shares.push(share);
    quality.took(Math.max(16, fullMs * share * share));
  }
  return shares;
}

describe('a picture that stands still', () => {
  it('is drawn in full, before the first movement and a moment after each', () => {
    const quality = new Quality(true);
    expect(quality.detail(0)).toBe(STEPS[0]);
    quality.begin();
    expect(quality.detail(1000).share).toBeLessThan(1);
    quality.end(2000);
    expect(quality.detail(2000 + REST_MS - 1).share).toBeLessThan(1);
    expect(quality.detail(2000 + REST_MS)).toBe(STEPS[0]);
  });

  it('waits longer where a full picture takes long, and forgets that it did', () => {
    const quality = new Quality(true);
    quality.done(400);
    quality.begin();
    quality.end(0);
    expect(quality.resting(REST_MS)).toBe(false);
    expect(quality.resting(1_200)).toBe(true);
    for (let picture = 0; picture < 12; picture += 1) quality.done(20);
    expect(quality.resting(REST_MS)).toBe(true);
  });

  it('can be drawn plainly for a moment, as under a hand, and is not after that', () => {
    const quality = new Quality(true);
    expect(quality.plainToCome).toBe(true);
    let seen = quality.detail(0);
    quality.rehearse(() => {
      seen = quality.detail(0);
    });
    expect(seen.plain).toBe(true);
    expect(quality.detail(0)).toBe(STEPS[0]);
    expect(() =>
      quality.rehearse(() => {
        throw new Error('no picture');
      }),
    ).toThrow('no picture');
    expect(quality.detail(0)).toBe(STEPS[0]);
  });

  it('is not drawn in full under a hand that is about to move it', () => {
    const quality = new Quality(true);
    quality.begin();
    quality.end(0);
    quality.hold(true);
    expect(quality.resting(REST_MS)).toBe(false);
    quality.hold(false);
    expect(quality.resting(REST_MS)).toBe(true);
  });

  it('does not wait longer because it was told twice that the camera stands', () => {
    const quality = new Quality(true);
    quality.begin();
    quality.end(0);
    quality.end(REST_MS - 1);
    expect(quality.detail(REST_MS)).toBe(STEPS[0]);
  });
});

describe('a moving picture', () => {
  it('stays in full where frames are quick', () => {
    const quality = new Quality(false);
    quality.begin();
    expect(move(quality, 16, 500).every((share) => share === 1)).toBe(true);
  });

  it('gets plainer until frames are quick enough, within a second', () => {
    const quality = new Quality(false);
    quality.begin();
    const shares = move(quality, 150, 20);
    expect(shares[0]).toBe(1);
    expect(150 * shares.at(-1)! ** 2).toBeLessThanOrEqual(65);
  });

  it('goes no lower than the last step, however slow the machine', () => {
    const quality = new Quality(true);
    quality.begin();
    expect(move(quality, 5000, 200).at(-1)).toBe(STEPS.at(-1)!.share);
  });

  it('begins where the last movement ended', () => {
    const quality = new Quality(false);
    quality.begin();
    const learned = move(quality, 400, 40).at(-1);
    quality.end(0);
    quality.begin();
    expect(quality.detail(0).share).toBe(learned);
  });

  it('is not judged by one slow frame', () => {
    const quality = new Quality(false);
    quality.begin();
    move(quality, 16, 10);
    quality.took(120);
    expect(move(quality, 16, 10).at(-1)).toBe(1);
  });

  it('gets its details back where there is time to spare', () => {
    const quality = new Quality(true);
    quality.begin();
    expect(move(quality, 16, 400).at(-1)).toBe(1);
  });

  it('tries what proved too much less and less often', () => {
    const quality = new Quality(true);
    quality.begin();
    // Quick at a share of 0.5, too slow at 0.65.
    const shares: number[] = [];
    for (let frame = 0; frame < 3000; frame += 1) {
      const { share } = quality.detail(0);
      shares.push(share);
      quality.took(share > 0.6 ? 100 : 18);
    }
    const tries = shares.filter((share, at) => share > 0.6 && shares[at - 1]! < 0.6).length;
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(9);
  });

  it('takes no frames into account that are not of a movement', () => {
    const quality = new Quality(false);
    for (let frame = 0; frame < 50; frame += 1) quality.took(900);
    quality.begin();
    expect(quality.detail(0)).toBe(STEPS[0]);
  });
});

describe('a renderer without a graphics card', () => {
  it.each([
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.7, 256 bits)',
    'Microsoft Basic Render Driver',
  ])('is known by its name: %s', (name) => expect(isSoftware(name)).toBe(true));

  it('is not taken for one that has a card or keeps its name', () => {
    expect(isSoftware('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)')).toBe(false);
    expect(isSoftware('')).toBe(false);
  });
});

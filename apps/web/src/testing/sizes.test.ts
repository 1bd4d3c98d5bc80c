import { describe, expect, it } from 'vitest';
import { firstLoad, SUPPLIER, WORKBENCH } from './first-load.ts';
import { shippedPages } from './workbench.ts';

describe('the first load', () => {
  it('of the workbench is at most 220 KB of compressed script', async () => {
    const { manifest, files } = await shippedPages();
    const sizes = firstLoad(manifest, (file) => files.get(file) as Buffer, WORKBENCH);
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total).toBeLessThanOrEqual(220_000);
    // Neither cryptography nor the decisions of procurement belong into it.
    const names = Object.entries(manifest)
      .filter(([, { file }]) => sizes.some((one) => one.file === file))
      .map(([key]) => key);
    expect(names.filter((key) => /sealing|procurement/.test(key))).toEqual([]);
  }, 120_000);

  it('of the supplier’s page is at most 110 KB, and with all that sealing needs later 130', async () => {
    const { manifest, files } = await shippedPages();
    const total = (parts: readonly string[]): number =>
      firstLoad(manifest, (file) => files.get(file) as Buffer, parts).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(total(SUPPLIER)).toBeGreaterThan(20_000);
    expect(total(SUPPLIER)).toBeLessThanOrEqual(110_000);
    expect(total([...SUPPLIER, '../../packages/sealing/src/index.ts'])).toBeLessThanOrEqual(130_000);
  });
});

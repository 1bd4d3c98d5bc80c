import { randomBytes } from 'node:crypto';

const POOL = 8192;
let pool = Buffer.alloc(0);

/** Random octets, fetched from the system many at a time: each is handed out once. */
export function pooledRandom(octets: number): Buffer {
  if (pool.length < octets) pool = randomBytes(Math.max(POOL, octets));
  const taken = pool.subarray(0, octets);
  pool = pool.subarray(octets);
  return taken;
}

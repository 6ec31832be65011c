import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below what systems give to outgoing connections, which come and go at any moment.
const FIRST = 10_240;
const LAST = 32_000;

/**
 * The first of some neighbouring ports that are free on every address. Nothing
 * holds them: another process may still take one before it is used.
 */
export async function freePorts(count = 1): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const first = randomInt(FIRST, LAST - count);
    const ports = Array.from({ length: count }, (_, at) => first + at);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`Of 100 random ports none had ${count} free neighbours.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    // No address: all of them, and only once, where Postgres and zero-cache differ.
    probe.listen({ port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

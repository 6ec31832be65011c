import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { holdPorts } from './hold-ports.ts';
import { ProblemError } from '../report/problem.ts';

// Below the range of outgoing connections, whose ports change at any time.
const FIRST = 10_240;
const LAST = 32_000;
const LAST_OF_ALL = 65_535;

/**
 * The first of several consecutive ports that are free on every address. They are not
 * reserved: another process may take one before it is used.
 */
export async function freePorts(count = 1): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const first = randomInt(FIRST, LAST - count);
    if (await areFree(first, count)) return first;
  }
  throw new Error(`None of 100 random ports had ${count} free neighbours.`);
}

/**
 * The requested port, if it and the following ones are free. Without a request, the first
 * free ports from the default on.
 */
export async function choosePorts(
  name: string,
  requested: number | undefined,
  usual: number,
  count = 1,
): Promise<number> {
  if (requested !== undefined) {
    if (requested + count - 1 > LAST_OF_ALL) {
      throw new ProblemError({
        code: 'cli/bad-value',
        message: `${name} needs ${count} ports from ${requested} on, but the highest port is ${LAST_OF_ALL}.`,
        fix: `use a port up to ${LAST_OF_ALL - count + 1}.`,
      });
    }
    if (await areFree(requested, count)) return requested;
    throw portTaken(name, requested, count);
  }
  for (let first = usual; first < usual + 100 * count; first += count) {
    if (await areFree(first, count)) return first;
  }
  return freePorts(count);
}

/** The problem that another process listens on a server's port. */
export function portTaken(name: string, first: number, count: number): ProblemError {
  const ports = count === 1 ? `port ${first} is` : `ports ${first} to ${first + count - 1} are`;
  return new ProblemError({
    code: 'servers/port-taken',
    message: `${ports} needed for ${name}, but already in use.`,
    context: [`127.0.0.1:${first}`],
    fix: 'stop the process that uses it, choose another port, or omit the port to use a free one.',
  });
}

/** Whether a server failed to start because another process took its port first. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof ProblemError
    ? error.problem.code === 'servers/port-taken'
    : String(error).includes('EADDRINUSE');

async function areFree(first: number, count: number): Promise<boolean> {
  const ports = Array.from({ length: count }, (_, at) => first + at);
  if (!(await Promise.all(ports.map(isFree))).every(Boolean)) return false;
  const release = holdPorts(first, count);
  release?.();
  return release !== undefined;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(false));
    // Without an address: on all addresses. `exclusive`, because Postgres and zero-cache
    // differ.
    probe.listen({ port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

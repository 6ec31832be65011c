import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { holdPorts } from './hold-ports.ts';
import { ProblemError } from '../report/problem.ts';

// Below what systems give to outgoing connections, which come and go at any moment.
const FIRST = 10_240;
const LAST = 32_000;
const LAST_OF_ALL = 65_535;

/**
 * The first of some neighbouring ports that are free on every address. Nothing
 * holds them: another process may still take one before it is used.
 */
export async function freePorts(count = 1): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const first = randomInt(FIRST, LAST - count);
    if (await areFree(first, count)) return first;
  }
  throw new Error(`Of 100 random ports none had ${count} free neighbours.`);
}

/**
 * The port that a person asked for, if it and its neighbours are free; where nobody
 * asked, the first that are from a usual one on.
 */
export async function choosePorts(
  name: string,
  asked: number | undefined,
  usual: number,
  count = 1,
): Promise<number> {
  if (asked !== undefined) {
    if (asked + count - 1 > LAST_OF_ALL) {
      throw new ProblemError({
        code: 'cli/bad-value',
        message: `${name} takes ${count} ports from ${asked} on, and the last there is is ${LAST_OF_ALL}.`,
        fix: `give a port up to ${LAST_OF_ALL - count + 1}.`,
      });
    }
    if (await areFree(asked, count)) return asked;
    throw portTaken(name, asked, count);
  }
  for (let first = usual; first < usual + 100 * count; first += count) {
    if (await areFree(first, count)) return first;
  }
  return freePorts(count);
}

/** The problem that something else listens where a server is to. */
export function portTaken(name: string, first: number, count: number): ProblemError {
  const ports = count === 1 ? `port ${first} is` : `ports ${first} to ${first + count - 1} are`;
  return new ProblemError({
    code: 'servers/port-taken',
    message: `${ports} wanted for ${name}, and something else listens there.`,
    context: [`127.0.0.1:${first}`],
    fix: 'end what listens there, give another port, or none: then a free one is taken.',
  });
}

/** Whether a server did not start because another process took its port first. */
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
    // No address: all of them, and only once, where Postgres and zero-cache differ.
    probe.listen({ port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

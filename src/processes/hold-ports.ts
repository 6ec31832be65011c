import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../postgres/folder-lock.ts';
import { ProblemError } from '../report/problem.ts';

/**
 * Reserves consecutive ports for a server that takes seconds until it listens. Other starts
 * of this package avoid them while this process lives; other programs do not know about
 * them.
 *
 * @returns a function that releases them, or `undefined` if another start has one of them.
 */
export function holdPorts(first: number, count: number): (() => void) | undefined {
  const held: (() => void)[] = [];
  const release = (): void => {
    for (const giveBack of held.splice(0)) giveBack();
  };
  try {
    const folder = join(tmpdir(), `garden-ports-${process.getuid?.() ?? 'user'}`);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (let port = first; port < first + count; port += 1) {
      held.push(lockFolder(join(folder, String(port))));
    }
  } catch (error) {
    if (error instanceof ProblemError) {
      release();
      return undefined;
    }
    // Without a folder for the locks, a port that is in use is detected when the server
    // listens.
  }
  return release;
}

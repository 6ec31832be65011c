import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Mutation } from './mutate-source.ts';

/** A mutant that runs longer than this does not end. */
const LONGEST = 180_000;

/**
 * Tries mutants in the comparison with the oracle. Calls back with what notices each, and
 * returns the same by its id. A mutant may loop forever: its process is stopped, and another one
 * tries the rest.
 */
export async function compareMutants(
  sample: readonly Mutation[],
  onNoticed: (id: number, by: string) => void,
): Promise<ReadonlyMap<number, string>> {
  const noticed = new Map<number, string>();
  const notice = (id: number, by: string): void => {
    noticed.set(id, by);
    onNoticed(id, by);
  };
  const tried = new Set<number>();
  while (tried.size < sample.length) {
    const rest = sample.filter(({ id }) => !tried.has(id));
    const stuck = await tryRest(rest, (id, by) => {
      tried.add(id);
      if (by !== undefined) notice(id, by);
    });
    // The others were not reached.
    if (stuck === undefined) break;
    tried.add(stuck.id);
    notice(stuck.id, stuck.by);
  }
  return noticed;
}

type Message = { readonly begun?: number; readonly id?: number; readonly by?: string };

async function tryRest(
  rest: readonly Mutation[],
  found: (id: number, by: string | undefined) => void,
): Promise<{ readonly id: number; readonly by: string } | undefined> {
  const child = fork(join(import.meta.dirname, 'try-mutants.ts'), {
    execArgv: ['--import', join(import.meta.dirname, 'mutation-hooks.ts')],
  });
  let begun: number | undefined;
  let by = 'the comparison: the process ends';
  let timer: NodeJS.Timeout | undefined;
  child.on('message', (message: Message) => {
    if (message.begun !== undefined) {
      begun = message.begun;
      timer = setTimeout(() => {
        by = 'the comparison: it does not end';
        child.kill('SIGKILL');
      }, LONGEST);
    }
    if (message.id === undefined) return;
    clearTimeout(timer);
    begun = undefined;
    found(message.id, message.by && `the comparison: ${message.by}`);
  });
  child.send(rest.map(({ id }) => id));
  await new Promise((resolve) => child.on('exit', resolve));
  clearTimeout(timer);
  return begun === undefined ? undefined : { id: begun, by };
}

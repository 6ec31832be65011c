import process from 'node:process';
import { worlds } from '../../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../../src/testing/access/compare-world.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { smallWorld } from '../small-world.ts';
import { directedMutants } from './directed-mutants.ts';
import type { Place } from './open-place.ts';

/**
 * Compares mutated enforcers with the oracle. Receives the numbers of mutants, and sends for
 * each how many worlds it took to notice it. Load it with `directed-hooks.ts`.
 */
const WORLDS = 150;

const source = worlds(smallWorld, 7);
const drawn: World[] = [];
const worldAt = (at: number): World => (drawn[at] ??= source.next().value as World);

async function worldsUntilNoticed({ enforcer }: Place): Promise<number | string | undefined> {
  for (let at = 0; at < WORLDS; at += 1) {
    const found = await compareWorld(worldAt(at), [enforcer]);
    if (found?.said instanceof Error) return `${found.said.message.split('\n')[0]}`;
    if (found) return at + 1;
  }
  return undefined;
}

process.on('message', async (asked: readonly number[]) => {
  for (const at of asked) {
    const by = directedMutants[at]?.by ?? '';
    const { openPlace } = (await import(
      `./open-place.ts?mutant=${at}`
    )) as typeof import('./open-place.ts');
    const place = await openPlace(by);
    const noticed = await worldsUntilNoticed(place).catch((error: unknown) => String(error));
    await place.close().catch(() => {});
    process.send?.({ at, noticed });
  }
  process.exit(0);
});

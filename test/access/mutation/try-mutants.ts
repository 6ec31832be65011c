import process from 'node:process';
import { blankPostgres } from '../../../src/testing/blank-postgres.fixture.ts';
import { worlds } from '../../../src/testing/access/compare-enforcers.ts';
import { compareWorld } from '../../../src/testing/access/compare-world.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { allEnforcers } from '../enforcers/all-enforcers.ts';
import { guardBehindPolicies } from '../enforcers/guard-behind-policies.ts';
import { smallWorld } from '../small-world.ts';

/**
 * Compares enforcers with the oracle, with one mutant at a time switched on. Receives the
 * ids, and sends one message for each. Load it with `mutation-hooks.ts`.
 */
const SEED = 11;
const WORLDS = 12;

const state = globalThis as { isMutant?: (id: number) => boolean };
let active = 0;
const reached = new Set<number>();
state.isMutant = (id) => {
  reached.add(id);
  return id === active;
};

const drawn: World[] = [];
for (const world of worlds(smallWorld, SEED)) if (drawn.push(world) === WORLDS) break;

async function open(): Promise<{
  readonly enforcers: readonly Enforcer[];
  close(): Promise<void>;
}> {
  const [all, client] = [await allEnforcers(), await blankPostgres()];
  return {
    enforcers: [...all.enforcers, guardBehindPolicies(client)],
    close: async () => void (await Promise.all([all.close(), client.close()])),
  };
}

const send = (message: unknown): void => void process.send?.(message);

process.on('message', async (ids: readonly number[]) => {
  let places = await open();
  const ofEnforcer: (readonly number[])[] = [];
  /** How a mutant is noticed, by the enforcers that reach its code. */
  const noticed = async (enforcers: readonly Enforcer[]): Promise<string | undefined> => {
    for (const world of drawn) {
      // The guards keep what they derive from rules, so each mutant needs rules of its own.
      const found = await compareWorld(structuredClone(world), enforcers);
      if (found) return found.said instanceof Error ? `${found.enforcer} fails` : found.enforcer;
    }
    return undefined;
  };
  for (const enforcer of places.enforcers) {
    reached.clear();
    const unchanged = await noticed([enforcer]);
    if (unchanged !== undefined) throw new Error(`without a mutant: ${unchanged}`);
    ofEnforcer.push([...reached]);
  }
  for (const id of ids) {
    const reaching = (_: Enforcer, at: number): boolean => ofEnforcer[at]?.includes(id) ?? false;
    const enforcers = places.enforcers.filter(reaching);
    if (enforcers.length === 0) continue;
    send({ begun: id });
    active = id;
    let by: string | undefined;
    try {
      by = await noticed(enforcers);
    } catch (error) {
      by = `an error: ${String(error).slice(0, 80)}`;
      active = 0;
      await places.close().catch(() => {});
      places = await open();
    }
    active = 0;
    send({ id, by });
  }
  process.exit(0);
});

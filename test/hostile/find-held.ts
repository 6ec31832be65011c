import { setTimeout as sleep } from 'node:timers/promises';
import { defineQueries, Zero, type Schema } from '@rocicorp/zero';
import type { Claims } from '../../src/model/rule.ts';
import { token } from '../sync/garden-server.fixture.ts';
import type { HeldRows } from './allowed-rows.ts';
import type { DerivedQueries } from './derived-queries.ts';
import { openStore } from './open-store.ts';

/** The data of a client after it has run every query that it can name. */
export interface Held {
  readonly rows: HeldRows;
  readonly text: string;
  /** Ids of the rows of each derived query. */
  readonly results: Readonly<Record<string, readonly string[]>>;
}

interface Client {
  run(query: unknown, options?: { type: 'complete' }): Promise<unknown>;
  materialize(query: unknown): unknown;
  close(): Promise<unknown>;
}

export interface HeldOptions {
  readonly app: string;
  readonly schema: Schema;
  readonly cacheUrl: string;
  readonly claims: Claims;
  readonly derived: DerivedQueries;
  /** Further queries. */
  readonly queries: readonly unknown[];
}

/** Runs all queries as a principal, and then reads the whole store of the client. */
export async function findHeld(options: HeldOptions): Promise<Held> {
  const { app, schema, cacheUrl, claims, derived, queries } = options;
  const sub = claims['sub'];
  const store = openStore();
  // Zero's types know one schema per program.
  const Any = Zero as unknown as new (options: object) => Client;
  const zero = new Any({
    schema,
    cacheURL: cacheUrl,
    kvStore: store.provider,
    userID: sub ?? null,
    ...(sub === undefined ? {} : { auth: await token({ ...claims }, { audience: app }) }),
    context: claims,
    logSink: { log: () => {} },
  });
  try {
    const registry = defineQueries({ hostile: derived.queries }) as unknown as {
      readonly hostile: Readonly<Record<string, () => unknown>>;
    };
    const asked = Object.entries(registry.hostile).flatMap(([name, make]) =>
      Object.hasOwn(derived.queries, name) ? [[name, make()] as const] : [],
    );
    // Queries remain open, because data of closed queries might be evicted.
    for (const query of [...queries, ...asked.map(([, query]) => query)]) zero.materialize(query);
    const results: Record<string, readonly string[]> = {};
    for (const [name, query] of asked) {
      const rows = (await zero.run(query, { type: 'complete' })) as readonly { id: string }[];
      results[name] = rows.map(({ id }) => id).toSorted();
    }
    for (const query of queries) await zero.run(query, { type: 'complete' });
    // The client persists its store one second after its last activity.
    while (store.answered() < queries.length + asked.length) await sleep(50);
    return { rows: store.rows(), text: store.text(), results };
  } finally {
    await zero.close();
  }
}

import type { PgliteLike } from '../../../../postgres/pglite-session.ts';
import type { SeedDatabase, SeedTransaction } from './seed-database.ts';

/** The part of PGlite that a seed needs. Its COPY reads from `/dev/blob`. */
export interface SeedPglite extends Omit<PgliteLike, 'query' | 'transaction'> {
  query<Row>(
    sql: string,
    parameters?: string[],
    options?: { readonly blob?: Blob },
  ): Promise<{ rows: Row[] }>;
  transaction<Result>(work: (tx: Pick<SeedPglite, 'query'>) => Promise<Result>): Promise<Result>;
}

/** Postgres in this process. The caller closes it. */
export function usePglite(client: SeedPglite, signal: AbortSignal | undefined): SeedDatabase {
  return {
    place: client.dataDir ? `PGlite in ${client.dataDir}` : 'PGlite',
    rows: async (text, parameters = []) => (await client.query<never>(text, [...parameters])).rows,
    lanes: 1,
    transaction: (work) =>
      client.transaction(async (tx) => {
        const result = await work(inside(tx, signal));
        signal?.throwIfAborted();
        return result;
      }),
    close: async () => {},
  };
}

function inside(tx: Pick<SeedPglite, 'query'>, signal: AbortSignal | undefined): SeedTransaction {
  return {
    rows: async (text, parameters = []) => (await tx.query<never>(text, [...parameters])).rows,
    async copy(table, columns, slices) {
      signal?.throwIfAborted();
      await tx.query(`copy ${table} (${columns.join()}) from '/dev/blob' (format binary)`, [], {
        blob: new Blob([...slices] as readonly BlobPart[] as BlobPart[]),
      });
    },
  };
}

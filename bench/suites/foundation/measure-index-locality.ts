import { PGlite } from '@electric-sql/pglite';
import { newId } from '../../../src/kit/id.ts';
import { compareTimes } from '../../frame/compare-times.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

const ROWS = 50_000;
const ROWS_PER_INSERT = 1000;

/**
 * The reason for version 7 ids: new ones go to the right end of the index and fill its pages.
 * Random ids split pages everywhere and leave them partly empty.
 */
export async function* measureIndexLocality({
  contest,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  progress(`${ROWS} rows with v7 and v4 keys`);
  const database = await PGlite.create();
  try {
    const times = await contest(
      {
        v7: await insertion(database, 'keyed_by_v7', () => newId()),
        v4: await insertion(database, 'keyed_by_v4', () => crypto.randomUUID()),
      },
      { rounds: 5, batch: 1 },
    );
    yield {
      name: 'primary key index, v7 / v4',
      value: await indexBytes(database, 'keyed_by_v7'),
      unit: 'B',
      peer: await indexBytes(database, 'keyed_by_v4'),
      target: 'at most 1',
    };
    yield compareTimes('insert 50,000 rows, v7 / v4', times.v7, times.v4);
  } finally {
    await database.close();
  }
}

/** Generates the ids before the clock starts, because only the index is measured. */
async function insertion(
  database: PGlite,
  table: string,
  makeId: () => string,
): Promise<{ before: () => Promise<void>; run: () => Promise<void> }> {
  await database.exec(`create table ${table} (id uuid primary key, name text not null)`);
  let inserts: string[] = [];
  return {
    async before() {
      await database.exec(`truncate ${table}`);
      inserts = Array.from({ length: ROWS / ROWS_PER_INSERT }, () => {
        const ids = Array.from({ length: ROWS_PER_INSERT }, makeId);
        return `insert into ${table} select unnest('{${ids.join(',')}}'::uuid[]), 'a name'`;
      });
    },
    async run() {
      for (const insert of inserts) await database.exec(insert);
    },
  };
}

async function indexBytes(database: PGlite, table: string): Promise<number> {
  const { rows } = await database.query<{ bytes: number }>(
    `select pg_relation_size('${table}_pkey')::int as bytes`,
  );
  return rows[0]?.bytes ?? 0;
}

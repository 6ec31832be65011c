import postgres from 'postgres';
import { seed } from '../../../src/apps/garden/seed/seed.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { createGarden, startBigPostgres } from './migrated-server.ts';

/** The dependencies table of the first design with its indexes, unchanged. */
const literal = `create table literal (
    id uuid primary key,
    package_id uuid not null references packages (id) on delete cascade,
    version_id uuid not null references package_versions (id) on delete cascade,
    dependency_name text not null,
    dependency_package_id uuid references packages (id) on delete set null,
    dependency_version_range text not null,
    resolved_version text not null,
    resolved_version_id uuid references package_versions (id) on delete set null,
    dependency_type text not null check (dependency_type in ('runtime', 'dev', 'peer', 'optional')),
    created_at timestamp not null
  );
  create index on literal (package_id);
  create index on literal (version_id);
  create index on literal (dependency_package_id);
  create index on literal (resolved_version_id);
  create index on literal (dependency_name);
  create index on literal (dependency_name, dependency_type);
  create index on literal (dependency_name, resolved_version) where resolved_version is not null`;

/** The minimum for such a row: no text, and no index except the primary key. */
const least = `create table least (
    id uuid primary key,
    package_id uuid not null,
    version_id uuid not null,
    dependency_package_id uuid,
    resolved_version_id uuid,
    created_at timestamp not null
  )`;

const ofIndexes = (table: string, which: string): string =>
  `(select sum(pg_relation_size(indexrelid)) from pg_index
    where indrelid = '${table}'::regclass and ${which})::float8`;

/** Parts of the bytes of a row. Both tables have the columns and the key. */
const parts: Readonly<Record<string, (table: string) => string>> = {
  'the columns': (table) => `pg_relation_size('${table}')::float8`,
  'the primary key': (table) => ofIndexes(table, 'indisprimary'),
  'the other indexes': (table) => ofIndexes(table, 'not indisprimary'),
};

/** The same rows in the same order in both tables. */
export async function* measureSize(context: Context): AsyncGenerator<Measurement, void> {
  const { progress } = context;
  await using server = await startBigPostgres();
  const url = await createGarden(server);
  progress('rows in both tables');
  await seed(url, { packages: 20_000 });
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(literal);
    await sql`insert into literal select id, package_id, version_id, dependency_name, dependency_package_id,
        dependency_version_range, resolved_version, resolved_version_id, dependency_type, created_at
      from package_dependencies order by id`;
    const [size] = await sql<{ ours: number; literal: number }[]>`
      select pg_total_relation_size('package_dependencies')::float8 / count(*) as ours,
        pg_total_relation_size('literal')::float8 / count(*) as literal
      from package_dependencies`;
    for (const [part, sizeOf] of Object.entries(parts)) {
      const [each] = await sql.unsafe<{ ours: number; literal: number }[]>(
        `select ${sizeOf('package_dependencies')} / count(*) as ours,
          ${sizeOf('literal')} / count(*) as literal from package_dependencies`,
      );
      yield {
        name: `bytes per dependency row: ${part}`,
        value: each?.ours ?? null,
        unit: 'B',
        peer: each?.literal ?? null,
      };
    }
    await sql.unsafe(least);
    await sql`insert into least select id, package_id, version_id, dependency_package_id, resolved_version_id, created_at
      from package_dependencies order by id`;
    const [floor] = await sql<{ bytes: number }[]>`
      select pg_total_relation_size('least')::float8 / count(*) as bytes from least`;
    yield {
      name: 'bytes per row with only five uuids, a timestamp and the primary key',
      value: floor?.bytes ?? null,
      unit: 'B',
      peer: size?.literal ?? null,
    };
    yield {
      name: 'bytes per dependency row with indexes, against the first design',
      value: size?.ours ?? null,
      unit: 'B',
      peer: size?.literal ?? null,
      target: 'at most 0.6',
    };
  } finally {
    await sql.end();
  }
}

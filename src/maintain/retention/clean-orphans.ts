import { join } from 'node:path';
import { quoteName } from '../../model/quote-sql.ts';
import { openArchive } from '../archive/archive.ts';
import { settlePending } from '../archive/settle-pending.ts';
import type { MaintenanceRun } from '../maintenance-run.ts';
import { deleteInBatches } from './delete-in-batches.ts';

/** What happened with rows whose foreign key refers to no row. */
export interface CleanedOrphans {
  readonly table: string;
  readonly constraint: string;
  readonly rows: number;
  /** What the foreign key does when a referenced row is deleted. */
  readonly action: 'deleted' | 'set to NULL' | 'kept';
}

interface LooseKey {
  readonly table: string;
  readonly quoted: string;
  readonly name: string;
  readonly action: 'a' | 'r' | 'c' | 'n' | 'd';
  readonly columns: readonly string[];
  readonly other: string;
  readonly targets: readonly string[];
}

/**
 * Does with orphans what their foreign key does when a row is deleted: CASCADE deletes them, SET
 * NULL clears them. Only a key that is NOT VALID has orphans; NOT ENFORCED keys are left alone.
 */
export async function cleanOrphans(run: MaintenanceRun): Promise<readonly CleanedOrphans[]> {
  const { session } = run.toolsFor('');
  const keys = await session.rows<{ readonly keys: string }>(LOOSE_KEYS);
  const found = JSON.parse(keys[0]?.keys ?? '[]') as readonly LooseKey[];
  const cleaned: CleanedOrphans[] = [];
  for (const key of found) {
    const result = { table: key.table, constraint: key.name };
    if (run.dryRun || (key.action !== 'c' && key.action !== 'n')) {
      cleaned.push({ ...result, rows: 0, action: 'kept' });
      continue;
    }
    const pairs = key.columns.map(
      (column, at) => `o.${quoteName(key.targets[at] ?? '')} = r.${quoteName(column)}`,
    );
    const set = key.columns.map((column) => `r.${quoteName(column)} is not null`);
    const where = `${set.join(' and ')} and not exists (select from ${key.other} o where ${pairs.join(' and ')})`;
    const archive =
      key.action === 'c' && run.archive !== undefined
        ? openArchive(join(run.archive, run.database), `${key.table}.orphans`, run.day)
        : undefined;
    if (archive) await settlePending(session, archive, { table: key.quoted, column: undefined });
    const rows = await deleteInBatches(
      run.toolsFor(key.table),
      { table: key.quoted, from: `${key.quoted} r`, where },
      { by: 'block' },
      key.action === 'n'
        ? { kind: 'clear', columns: key.columns }
        : { kind: 'delete', ...(archive && { archive }) },
    );
    cleaned.push({ ...result, rows, action: key.action === 'n' ? 'set to NULL' : 'deleted' });
  }
  return cleaned;
}

const names = (table: string, numbers: string): string =>
  `(select json_agg(attname order by place) from unnest(${numbers}) with ordinality as key (number, place)
      join pg_attribute on attrelid = ${table} and attnum = number)`;

/** `conenforced` is new in Postgres 18, so it is read through JSON. */
const LOOSE_KEYS = `
  select coalesce(json_agg(json_build_object(
    'table', space.nspname || '.' || rel.relname, 'quoted', format('%I.%I', space.nspname, rel.relname),
    'name', conname, 'action', confdeltype,
    'columns', ${names('conrelid', 'conkey')}, 'targets', ${names('confrelid', 'confkey')},
    'other', (select format('%I.%I', nspname, relname) from pg_class join pg_namespace on pg_namespace.oid = relnamespace where pg_class.oid = confrelid)
  ) order by space.nspname, rel.relname, conname), '[]')::text as keys
  from pg_constraint con join pg_class rel on rel.oid = conrelid join pg_namespace space on space.oid = rel.relnamespace
  where contype = 'f' and not convalidated and rel.relkind = 'r'
    and coalesce((to_jsonb(con) ->> 'conenforced')::boolean, true)
    and space.nspname !~ '^pg_' and space.nspname <> 'information_schema'`;

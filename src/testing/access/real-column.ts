import type { AccessRules } from '../../model/rule.ts';
import { partsOfRule } from './diff/rules-version.ts';
import type { PostgresClient } from './postgres-world.ts';
import { sqlTable } from './sql-value.ts';
import type { WorldColumn } from './world.ts';

/** A column as it is in the database. */
export interface RealColumn {
  /** Position of its table in the list, from 1. */
  readonly at: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly labels: readonly string[] | null;
  /** The length or precision of the type; -1 without one. */
  readonly modifier: number;
  /** `s` for a stored generated column, `v` for a virtual one. */
  readonly generated: string;
  readonly identity: string;
}

export async function realColumns(
  client: PostgresClient,
  tables: readonly string[],
): Promise<readonly RealColumn[]> {
  const { rows } = await client.query<RealColumn>(
    `select t.at::int, a.attname as name, a.attnotnull as required, typname as type,
      (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = atttypid) as labels,
      atttypmod as modifier, attgenerated::text as generated, attidentity::text as identity
    from unnest($1::text[]::regclass[]) with ordinality as t (id, at)
    join pg_attribute a on a.attrelid = t.id and a.attnum > 0 and not a.attisdropped
    join pg_type on pg_type.oid = atttypid`,
    [tables.map(sqlTable)],
  );
  return rows;
}

const LARGEST: Readonly<Record<string, number>> = { int2: 32_767, int4: 2_147_483_647 };

/** Which values of a column's scalar its real type stores unchanged. */
export function limitsOf({ type, modifier }: RealColumn): Partial<WorldColumn> {
  if (type === 'varchar' && modifier > 0) return { longest: modifier - 4 };
  if (LARGEST[type] !== undefined) return { largest: LARGEST[type] };
  if (type === 'timestamptz' && modifier >= 0 && modifier < 3)
    return { step: 10 ** (3 - modifier) };
  return {};
}

const SAMPLES: Readonly<Record<string, string>> = {
  bytea: '\\x00',
  date: '2024-02-29',
  interval: '1 day',
  json: '{}',
  jsonb: '{}',
  time: '12:00',
  timestamp: '2024-02-29 12:00:00',
  timestamptz: '2024-02-29T12:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000001',
};

/** A value of a type that rules can test only for NULL. */
export const sampleOf = ({ type, labels }: RealColumn): string =>
  labels?.[0] ?? SAMPLES[type] ?? (type.startsWith('_') ? '{}' : '1');

/** The columns of a type that rules cannot compare, and that a rule tests for NULL. */
export function onlyTestedForNull({ tables, ...access }: AccessRules): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { table, read, insert, update, delete: remove } of Object.values(tables)) {
    for (const rule of [read, insert, update.from, update.to, remove]) {
      for (const part of partsOfRule({ ...access, tables }, table, rule)) {
        if (part.rule.op !== 'null') continue;
        const { column } = part.rule;
        if (!tables[part.table]?.columns[column]) found.add(JSON.stringify([part.table, column]));
      }
    }
  }
  return found;
}

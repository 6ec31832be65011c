import type { AccessRules } from '../../model/rule.ts';
import type { PostgresClient } from './postgres-world.ts';
import { sqlName, sqlTable } from './sql-value.ts';
import type { WorldTable } from './world.ts';

interface RealColumn {
  /** Position of its table in the list, from 1. */
  readonly at: number;
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly labels: readonly string[] | null;
}

/**
 * Prepares the tables for random rows, in a transaction that is never committed. Drops
 * foreign keys, checks and unique constraints and disables triggers, because they refuse
 * rows for reasons other than access. Drops NOT NULL on columns that no rule may test;
 * the other columns keep it, and get no NULL.
 */
export async function relaxTables(
  client: PostgresClient,
  rules: AccessRules,
): Promise<readonly WorldTable[]> {
  const tables = Object.values(rules.tables);
  const names = tables.map(({ table }) => sqlTable(table));
  const { rows: constraints } = await client.query<{ drop: string }>(
    `select format('alter table %s drop constraint if exists %I cascade', conrelid::regclass, conname) as drop
    from pg_constraint
    where contype in ('f', 'c', 'u', 'x')
    and (conrelid = any ($1::text[]::regclass[]) or confrelid = any ($1::text[]::regclass[]))
    order by contype = 'u'`,
    [names],
  );
  const { rows: indexes } = await client.query<{ drop: string }>(
    `select format('drop index %s', indexrelid::regclass) as drop from pg_index
    where indisunique and not indisprimary and indrelid = any ($1::text[]::regclass[])
    and not exists (select from pg_constraint where conindid = indexrelid)`,
    [names],
  );
  const { rows: columns } = await client.query<RealColumn>(
    `select t.at::int, a.attname as name, a.attnotnull as required, typname as type,
      (select jsonb_agg(enumlabel order by enumsortorder) from pg_enum where enumtypid = atttypid) as labels
    from unnest($1::text[]::regclass[]) with ordinality as t (id, at)
    join pg_attribute a on a.attrelid = t.id and a.attnum > 0 and not a.attisdropped
    join pg_type on pg_type.oid = atttypid`,
    [names],
  );
  const free = columns.flatMap(({ at, name, required }) =>
    required && tables[at - 1]?.columns[name] === undefined
      ? [`alter table ${names[at - 1]} alter column ${sqlName(name)} drop not null`]
      : [],
  );
  const drops = [...constraints, ...indexes].map(({ drop }) => drop);
  await client.exec(
    [
      // With session_replication_role = replica, triggers do not fire, including those of foreign
      // keys.
      'set local session_replication_role = replica',
      ...drops,
      ...free,
      `truncate ${names.join(', ')}`,
    ].join(';\n'),
  );
  return tables.map(({ table, key, columns: types }, at): WorldTable => {
    const own = new Map(
      columns.flatMap((column) => (column.at === at + 1 ? [[column.name, column] as const] : [])),
    );
    return {
      table,
      key,
      columns: Object.fromEntries(
        Object.entries(types).map(([name, type]) => {
          const { required = false, type: real = '', labels } = own.get(name) ?? {};
          const nullable = !required && !key.includes(name);
          return [name, { type, nullable, ...(labels && { enum: { name: real, labels } }) }];
        }),
      ),
    };
  });
}

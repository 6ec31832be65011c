import type { AccessRules } from '../../model/rule.ts';
import type { PostgresClient } from './postgres-world.ts';
import { sqlName, sqlTable } from './sql-value.ts';
import type { WorldTable } from './world.ts';

/**
 * Makes room for rows that are only about the rules, in a transaction that is
 * never committed. Foreign keys, checks, unique constraints and triggers decide
 * about rows too, but not about who may do what: they go. So does NOT NULL on
 * columns that no rule may ask about; on the others it stays, and no NULL is tried.
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
    where contype in ('f', 'c', 'u', 'x') and conrelid = any ($1::text[]::regclass[])
    order by contype = 'u'`,
    [names],
  );
  const { rows: indexes } = await client.query<{ drop: string }>(
    `select format('drop index %s', indexrelid::regclass) as drop from pg_index
    where indisunique and not indisprimary and indrelid = any ($1::text[]::regclass[])
    and not exists (select from pg_constraint where conindid = indexrelid)`,
    [names],
  );
  const { rows: columns } = await client.query<{ at: number; name: string; required: boolean }>(
    `select t.at::int, a.attname as name, a.attnotnull as required
    from unnest($1::text[]::regclass[]) with ordinality as t (id, at)
    join pg_attribute a on a.attrelid = t.id and a.attnum > 0 and not a.attisdropped`,
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
      // Triggers, those of foreign keys included, do not fire for a replica.
      'set local session_replication_role = replica',
      ...drops,
      ...free,
      `truncate ${names.join(', ')}`,
    ].join(';\n'),
  );
  return tables.map(({ table, key, columns: types }, at): WorldTable => {
    const required = new Set(
      columns.flatMap((column) => (column.at === at + 1 && column.required ? [column.name] : [])),
    );
    return {
      table,
      key,
      columns: Object.fromEntries(
        Object.entries(types).map(([name, type]) => [
          name,
          { type, nullable: !required.has(name) && !key.includes(name) },
        ]),
      ),
    };
  });
}

import type { AccessRules } from '../../model/rule.ts';
import type { PostgresClient } from './postgres-world.ts';
import { limitsOf, onlyTestedForNull, realColumns, sampleOf } from './real-column.ts';
import { sqlName, sqlTable } from './sql-value.ts';
import type { WorldColumn, WorldTable } from './world.ts';

/**
 * Prepares the tables for random rows, in a transaction that is never committed. Drops
 * foreign keys, checks and unique constraints and disables triggers, because they refuse
 * rows for reasons other than access. Drops NOT NULL on columns that no rule may test;
 * the other columns keep it, and get no NULL. Generated columns become plain ones, and
 * partitioned tables accept all rows.
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
  const columns = await realColumns(
    client,
    tables.map(({ table }) => table),
  );
  const { rows: partitioned } = await client.query<{ create: string }>(
    `select format('create table comparing_default_%s partition of %s default', partrelid, partrelid::regclass) as create
    from pg_partitioned_table where partdefid = 0 and partrelid = any ($1::text[]::regclass[])`,
    [names],
  );
  const plain = columns.flatMap(({ at, name, generated, identity }) => {
    const column = `alter table ${names[at - 1]} alter column ${sqlName(name)}`;
    if (generated === 's') return [`${column} drop expression`];
    return identity === '' ? [] : [`${column} drop identity`];
  });
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
      ...plain,
      ...partitioned.map(({ create }) => create),
      `truncate ${names.join(', ')}`,
    ].join(';\n'),
  );
  const onlyNull = onlyTestedForNull(rules);
  return tables.map(({ table, key, columns: types }, at): WorldTable => {
    const worldColumns = columns.flatMap((column): readonly (readonly [string, WorldColumn])[] => {
      if (column.at !== at + 1 || column.generated === 'v') return [];
      const { name, required, type: real, labels } = column;
      const nullable = !required && !key.includes(name);
      const type = types[name];
      if (type === undefined) {
        const isTested = onlyNull.has(JSON.stringify([table, name]));
        const only = [sampleOf(column)];
        return isTested ? [[name, { type: 'text', nullable, only, real }]] : [];
      }
      const own = labels && { enum: { name: real, labels } };
      return [[name, { type, nullable, ...own, ...limitsOf(column) }]];
    });
    return { table, key, columns: Object.fromEntries(worldColumns) };
  });
}

import { implication } from '../../../src/model/implication.ts';
import { splitTableId } from '../../../src/model/table-id.ts';
import type { AccessRules, Rule, TableRules } from '../../../src/model/rule.ts';
import type { Row, World, WorldTable } from '../../../src/testing/access/world.ts';
import { mapRules, mapTables } from '../map-rules.ts';

/** A column of every table that no principal may see. */
export const SERVER_ONLY = 'token';
/** A table without rules. */
const OPEN = 'open';
const ID = '00000000-0000-4000-8000-000000000001';

/**
 * A world whose rules the kit accepts, with its tables in a schema of its own. What the kit
 * refuses is replaced: empty lists of rules, a role without a name, references of a table to
 * its own rules, and writes that certainly allow unreadable rows.
 */
export function inKitForm(world: World, schema: string): World {
  const moved = (table: string): string => `${schema}.${splitTableId(table).name}`;
  const byTable = <T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
    Object.fromEntries(Object.entries(entries).map(([table, one]) => [moved(table), one]));
  const renamed = JSON.parse(JSON.stringify(world), (key, value: unknown) =>
    key === 'table' && typeof value === 'string' ? moved(value) : value,
  ) as World;
  return {
    ...renamed,
    tables: [
      ...renamed.tables.map((table) => ({
        ...withOwnEnums(table, schema),
        serverOnly: [SERVER_ONLY],
      })),
      {
        table: `${schema}.${OPEN}`,
        key: ['id'],
        columns: { id: { type: 'uuid', nullable: false } },
      },
    ],
    rows: { ...byTable<readonly Row[]>(world.rows), [`${schema}.${OPEN}`]: [{ id: ID }] },
    rules: acceptable({ ...renamed.rules, tables: byTable(renamed.rules.tables) }, [SERVER_ONLY]),
    readings: [...renamed.readings, { table: `${schema}.${OPEN}` }],
  };
}

/** Types of enums are in `public`, where Zero looks for them. */
const withOwnEnums = (table: WorldTable, schema: string): WorldTable => ({
  ...table,
  columns: Object.fromEntries(
    Object.entries(table.columns).map(([name, column]) => [
      name,
      column.enum
        ? { ...column, enum: { ...column.enum, name: `${column.enum.name} of ${schema}` } }
        : column,
    ]),
  ),
});

function acceptable(rules: AccessRules, serverOnly: readonly string[]): AccessRules {
  const named = mapRules(rules, (rule) => {
    if ((rule.op === 'and' || rule.op === 'or') && rule.rules.length === 0) {
      return { op: rule.op === 'and' ? 'anyone' : 'nobody' };
    }
    return rule.op === 'role' && rule.role === '' ? { op: 'role', role: ' ' } : rule;
  });
  const without = mapRules(named, (rule, { table, read }) => {
    if ((rule.op !== 'exists' && rule.op !== 'can') || rule.table !== table) return rule;
    const { on } = rule;
    if (rule.op === 'can') return { op: 'exists', table, on, rule: read, rows: 'raw' };
    if (rule.rows === 'raw') return rule;
    return { ...rule, rule: { op: 'and', rules: [read, rule.rule] }, rows: 'raw' };
  });
  return mapTables(mapRules(without, withTypes(rules)), (table) => ({
    ...readable(table),
    serverOnly,
  }));
}

/** The kit writes the type of joined columns. */
const withTypes =
  ({ tables }: AccessRules) =>
  (rule: Rule): Rule => {
    if (rule.op !== 'exists' && rule.op !== 'can') return rule;
    const columns = tables[rule.table]?.columns ?? {};
    const on = rule.on.map(({ other, own }) => ({ other, own, type: columns[other] ?? 'text' }));
    return { ...rule, on };
  };

function readable(table: TableRules): TableRules {
  const { read, update } = table;
  const write = (rule: Rule): Rule =>
    implication(rule, read) === 'refuted' ? { op: 'and', rules: [read, rule] } : rule;
  return {
    ...table,
    update: { from: write(update.from), to: write(update.to) },
    delete: write(table.delete),
  };
}

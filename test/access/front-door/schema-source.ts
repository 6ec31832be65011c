import type { ClaimDeclaration, Rule, TableRules } from '../../../src/model/rule.ts';
import { kit } from '../../../src/cli/generate/project.fixture.ts';
import { splitTableId } from '../../../src/model/table-id.ts';
import type { World, WorldColumn, WorldTable } from '../../../src/testing/access/world.ts';

/** The tables and rules of worlds as a user writes them: the module `schema.ts` of a project. */
export function schemaSource(worlds: readonly World[]): string {
  const [first] = worlds;
  const claims = Object.entries(first?.rules.claims ?? {}).map(claimSource);
  const tables = worlds.flatMap((world) => world.tables.map((table) => ({ world, table })));
  const schemas = new Set(tables.map(({ table }) => splitTableId(table.table).schema));
  return [
    `import { sql } from 'drizzle-orm';`,
    `import * as pg from 'drizzle-orm/pg-core';`,
    `import { and, anyone, authenticated, can, defineAccess, eq, exists, gt, gte, inList, isNull, lt, lte, ne, nobody, not, or, role, serverOnly, sortedText } from ${kit};`,
    `export const { access, claims } = defineAccess({ claims: { ${claims.join(', ')} } });`,
    ...[...schemas].map(
      (schema) => `export const ${nameOf(schema)} = pg.pgSchema(${JSON.stringify(schema)});`,
    ),
    ...tables.flatMap(({ table }) => Object.values(table.columns).flatMap(enumSource)),
    ...tables.map(({ world, table }) => tableSource(table, world.rules.tables[table.table])),
    ...tables.map(({ table }) => viewSource(table)),
  ].join('\n');
}

const claimSource = ([name, { type, path }]: [string, ClaimDeclaration]): string =>
  `${name}: { type: '${type}', at: ${JSON.stringify(path)} }`;

/** The name of an export. */
const nameOf = (id: string): string => `x${id.replaceAll(/\W/g, '_')}`;

const enumSource = ({ enum: own }: WorldColumn): readonly string[] =>
  own
    ? [
        `export const ${nameOf(own.name)} = pg.pgEnum(${JSON.stringify(own.name)}, ${JSON.stringify(own.labels)});`,
      ]
    : [];

function tableSource(table: WorldTable, rules: TableRules | undefined): string {
  const { schema, name } = splitTableId(table.table);
  const columns = Object.entries(table.columns).map(
    ([column, definition]) =>
      `${JSON.stringify(column)}: ${columnSource(column, definition)}${definition.nullable ? '' : '.notNull()'}`,
  );
  const hidden = (table.serverOnly ?? []).map(
    (column) => `${JSON.stringify(column)}: serverOnly(pg.text(${JSON.stringify(column)}))`,
  );
  const key = `pg.primaryKey({ columns: [${table.key.map((column) => `t[${JSON.stringify(column)}]`).join(', ')}] })`;
  const access = rules ? `, ...access(t, { ${accessSource(rules)} })` : '';
  return `export const ${nameOf(table.table)} = ${nameOf(schema)}.table(${JSON.stringify(name)}, { ${[...columns, ...hidden].join(', ')} }, (t) => [${key}${access}])${rules ? '.enableRLS()' : ''};`;
}

function columnSource(column: string, { type, enum: own }: WorldColumn): string {
  const name = JSON.stringify(column);
  switch (type) {
    case 'uuid':
      return `pg.uuid(${name})`;
    case 'text':
      return `sortedText(${name})`;
    case 'integer':
      return `pg.bigint(${name}, { mode: 'number' })`;
    case 'boolean':
      return `pg.boolean(${name})`;
    case 'moment':
      return `pg.timestamp(${name}, { withTimezone: true, precision: 3 })`;
    case 'enum':
      return `${nameOf(own?.name ?? '')}(${name})`;
  }
}

function accessSource({ read, insert, update, delete: remove, immutable }: TableRules): string {
  const rule = (written: Rule): string => ruleSource(written, 't');
  return [
    // An operation that is left out is denied.
    ...(read.op === 'nobody' ? [] : [`read: ${rule(read)}`]),
    ...(insert.op === 'nobody' ? [] : [`insert: ${rule(insert)}`]),
    `update: { from: ${rule(update.from)}, to: ${rule(update.to)} }`,
    `delete: ${rule(remove)}`,
    `immutable: [${immutable.map((column) => `t[${JSON.stringify(column)}]`).join(', ')}]`,
  ].join(', ');
}

const OPERATORS = { '=': 'eq', '!=': 'ne', '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' };

/** A rule in the kit's algebra; `row` is the variable with the columns of its table. */
function ruleSource(rule: Rule, row: string): string {
  const column = (name: string): string => `${row}[${JSON.stringify(name)}]`;
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
    case 'authenticated':
      return rule.op;
    case 'role':
      return `role(${JSON.stringify(rule.role)})`;
    case 'null':
      return `isNull(${column(rule.column)})`;
    case 'compare': {
      const { value } = rule;
      const operand = 'claim' in value ? claimOf(value.claim) : literal(value.literal, value.type);
      return `${OPERATORS[rule.with]}(${column(rule.column)}, ${operand})`;
    }
    case 'in': {
      const { values } = rule;
      const list = (): string =>
        'claim' in values
          ? claimOf(values.claim)
          : `[${values.literals.map((one) => literal(one, values.type)).join(', ')}]`;
      return `inList(${column(rule.column)}, ${list()})`;
    }
    case 'and':
    case 'or':
      return `${rule.op}(${rule.rules.map((part) => ruleSource(part, row)).join(', ')})`;
    case 'not':
      return `not(${ruleSource(rule.rule, row)})`;
    case 'exists':
    case 'can': {
      const join = rule.on.map(({ own, other }) => `${JSON.stringify(other)}: ${column(own)}`);
      const start = `${rule.op}(() => ${nameOf(rule.table)}, { ${join.join(', ')} }`;
      if (rule.op === 'can') return `${start}, '${rule.operation}')`;
      return `${start}, (${row}_) => ${ruleSource(rule.rule, `${row}_`)}, { rows: '${rule.rows}' })`;
    }
  }
}

const claimOf = (name: string): string => `claims[${JSON.stringify(name)}]`;

const literal = (value: string | number | boolean, type: string): string =>
  type === 'moment' ? `new Date(${String(value)})` : JSON.stringify(value);

/** A view with the rights of its reader, of the columns that a reader may see. */
function viewSource({ table, columns }: WorldTable): string {
  const { schema, name } = splitTableId(table);
  const names = Object.keys(columns).map((column) => `"${column}"`);
  const query = `select ${names.join(', ')} from "${schema}"."${name}"`;
  return `export const ${nameOf(`${table} view`)} = ${nameOf(schema)}.view(${JSON.stringify(viewName(name))}, { id: pg.uuid('id') }).with({ securityInvoker: true }).as(sql.raw(${JSON.stringify(query)}));`;
}

export const viewName = (table: string): string => `${table} seen`;

import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Schema } from '../../model/schema.ts';
import { schemaOf } from '../../model/table-id.ts';
import { orderTables, type LateKey } from './order-tables.ts';
import { printForeignKey } from './print-foreign-key.ts';
import { printIndex } from './print-index.ts';
import { printPolicy } from './print-policy.ts';
import { printTable } from './print-table.ts';
import { printEnum, printRole, printSchemas, printSequence, unlessThere } from './print-types.ts';
import { printView } from './print-view.ts';

/** The objects that the companion SQL of the migrations creates, by their keys. */
export interface CompanionSql {
  readonly key: string;
  readonly create: string;
  /** The table that it belongs to. */
  readonly on?: string;
}

/** A part of the SQL; with `--split`, a file. */
export interface SqlSection {
  readonly name: keyof typeof TITLES;
  readonly title: string;
  readonly statements: readonly string[];
}

const TITLES = {
  extensions: 'Extensions, roles and schemas',
  types: 'Types and sequences',
  tables: 'Tables',
  indexes: 'Indexes',
  views: 'Views',
  functions: 'Functions and triggers',
  security: 'Row-level security: grants and policies',
  comments: 'Comments',
} as const;

export interface SqlInput {
  readonly schema: Schema;
  /** Created before the tables. */
  readonly before: readonly CompanionSql[];
  /** Created after the tables. */
  readonly after: readonly CompanionSql[];
}

/**
 * A schema as plain SQL that can be applied again: every statement creates what is missing, or
 * replaces what is there. Sections without statements are left out.
 */
export function emitSql({ schema, before, after }: SqlInput): readonly SqlSection[] {
  const { tables, late } = orderTables(schema.tables);
  const sectionOf = Map.groupBy(after, ({ key }) => SECTION_BY_KIND[kindOf(key)] ?? 'functions');
  const companion = (name: SqlSection['name']): readonly string[] =>
    (sectionOf.get(name) ?? []).flatMap(statementsOf);
  const early = before.flatMap(statementsOf);
  const statements: Readonly<Record<SqlSection['name'], readonly string[]>> = {
    extensions: [
      ...early,
      ...companion('extensions'),
      ...schema.roles.flatMap(printRole),
      ...printSchemas(schema),
    ],
    types: [...schema.enums.map(printEnum), ...schema.sequences.map(printSequence)],
    tables: [
      ...tables.map(({ table, foreignKeys }) => printTable(table, foreignKeys)),
      ...late.map(printLateKey),
    ],
    indexes: [
      ...schema.tables.flatMap((table) => table.indexes.map((index) => printIndex(table, index))),
      ...companion('indexes'),
    ],
    views: schema.views.flatMap(printView),
    functions: companion('functions'),
    security: [
      ...enableRowSecurity(schema),
      ...schema.policies.map(printPolicy),
      ...companion('security'),
    ],
    comments: companion('comments'),
  };
  return (Object.keys(TITLES) as SqlSection['name'][]).flatMap((name) =>
    statements[name].length === 0
      ? []
      : [{ name, title: TITLES[name], statements: statements[name] }],
  );
}

/** The section of a companion object, by the first word of its key; functions if it is not listed. */
const SECTION_BY_KIND: Readonly<Record<string, SqlSection['name']>> = {
  extension: 'extensions',
  role: 'extensions',
  index: 'indexes',
  grants: 'security',
  usage: 'security',
  force: 'security',
  closed: 'security',
  policy: 'security',
  comment: 'comments',
};

const kindOf = (key: string): string => key.split(' ', 1)[0] ?? '';

export const statementsOf = ({ create }: CompanionSql): readonly string[] =>
  create.split('--> statement-breakpoint').map((statement) => statement.trim());

/** Adds a foreign key to a table that exists. */
export function printLateKey({ table, key }: LateKey): string {
  const on = quoteName(schemaOf(table), table.name);
  return unlessThere(
    `not exists (select from pg_constraint where conrelid = ${quoteText(on)}::regclass and conname = ${quoteText(key.name)})`,
    `alter table ${on} add ${printForeignKey(key)};`,
  );
}

const enableRowSecurity = ({ tables, access }: Schema): readonly string[] =>
  tables
    // The companion SQL does this for tables with rules.
    .filter(({ id, rowSecurity }) => rowSecurity.enabled && access?.rules.tables[id] === undefined)
    .map(
      (table) => `alter table ${quoteName(schemaOf(table), table.name)} enable row level security;`,
    );

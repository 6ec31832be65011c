import type { ForeignKey } from '../../model/foreign-key.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import type { Table } from '../../model/table.ts';
import { aboutPart, columnOf, nameColumns } from '../about-columns.ts';
import { nullConditions } from '../index-conditions.ts';
import { defineRule, type LintRule, type Violation } from '../lint-rule.ts';
import { leadingColumns, tablePaths, type TablePath } from '../table-paths.ts';

const users = `export const users = pgTable('users', { id: uuid('id').primaryKey() });`;

export const foreignKeyIndex: LintRule = defineRule({
  code: 'lint/foreign-key-index',
  severity: 'warning',
  presets: ['recommended', 'supabase', 'patterns', 'gateway'],
  title: 'Every foreign key has an index.',
  why: 'Postgres does not create one. Without one, each DELETE or key change in the referenced table reads the whole referencing table, and so does a join on the foreign key.',
  inputs: ['definitions', 'database'],
  example: {
    bad: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
});`,
    good: `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId)]);`,
    alike: [
      `${users}
export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  authorId: uuid('author_id').references(() => users.id),
}, (t) => [index('notes_author').on(t.authorId).where(isNotNull(t.authorId))]);`,
      `${users}
export const profiles = pgTable('profiles', {
  userId: uuid('user_id').primaryKey().references(() => users.id),
});`,
      `export const places = pgTable('places', {
  country: text('country').notNull(),
  city: text('city').notNull(),
}, (t) => [primaryKey({ columns: [t.country, t.city] })]);
export const trips = pgTable('trips', {
  id: uuid('id').primaryKey(),
  country: text('country').notNull(),
  city: text('city').notNull(),
  day: date('day').notNull(),
}, (t) => [
  foreignKey({ columns: [t.country, t.city], foreignColumns: [places.country, places.city] }),
  index('trips_place').on(t.city, t.country, t.day),
]);`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) => {
      const paths = tablePaths(table);
      return table.foreignKeys
        .filter((key) => !paths.some((path) => serves(path, key)))
        .map((key) => ({
          ...aboutPart(table, soleColumn(key) ?? key.name, key.columns),
          message: `the foreign key ${nameColumns(table, key.columns)} has no index.`,
          fix: `add ${indexOn(table, key)} to the table's third argument.`,
          sqlFix: `run CREATE INDEX ON ${quoteTable(table.id)} (${key.columns.map((column) => quoteName(column)).join(', ')}).`,
          ...pasteIndex(table, key),
        }));
    }),
});

/**
 * Whether the index starts with all columns of the key, in any order, and contains every row with a
 * complete key.
 */
function serves(path: TablePath, { columns }: ForeignKey): boolean {
  if (path.method !== 'btree' && !(path.method === 'hash' && columns.length === 1)) return false;
  const first = leadingColumns(path).slice(0, columns.length);
  if (first.length < columns.length || !columns.every((name) => first.includes(name))) return false;
  if (path.where === undefined) return true;
  // A key that contains NULL references no row, so the index may exclude those rows.
  const { notNull, null: none, complete } = nullConditions(path.where);
  return complete && none.length === 0 && notNull.every((name) => columns.includes(name));
}

const soleColumn = ({ columns }: ForeignKey): string | undefined =>
  columns.length === 1 ? columns[0] : undefined;

function indexOn(table: Table, { columns }: ForeignKey): string {
  const keys = columns.map((name) => `t.${columnOf(table, name)?.key ?? name}`);
  return `index('${indexName(table, columns)}').on(${keys.join(', ')})`;
}

const indexName = (table: Table, columns: readonly string[]): string =>
  `idx_${[table.name, ...columns].join('_')}`;

/** Postgres would truncate a longer name, so the author has to choose one. */
function pasteIndex(table: Table, key: ForeignKey): Pick<Violation, 'paste'> {
  const name = indexName(table, key.columns);
  if (Buffer.byteLength(name) > 63) return {};
  const columns = key.columns.map((column) => quoteName(column)).join(', ');
  return {
    paste: {
      drizzle: `${indexOn(table, key)},`,
      sql: `CREATE INDEX ${quoteName(name)} ON ${quoteTable(table.id)} (${columns});`,
    },
  };
}

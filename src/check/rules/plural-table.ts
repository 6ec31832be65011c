import { aboutTable } from '../../model/about.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export interface PluralTableOptions {
  readonly allowed: readonly string[];
}

export const pluralTable: LintRule<PluralTableOptions> = defineRule<PluralTableOptions>({
  code: 'lint/plural-table',
  severity: 'warning',
  presets: ['gateway'],
  title: 'The name of a table is a plural.',
  why: 'A table holds many rows. With one convention, you never have to look up whether the name is user or users.',
  inputs: ['definitions', 'database'],
  options: {
    allowed: { default: [], help: 'names of tables that are accepted as they are' },
  },
  example: {
    bad: `export const server = pgTable('mcp_server', { id: uuid('id').primaryKey() });`,
    good: `export const servers = pgTable('mcp_servers', { id: uuid('id').primaryKey() });`,
    alike: [
      `export const people = pgTable('people', { id: uuid('id').primaryKey() });
export const metadata = pgTable('server_metadata', { id: uuid('id').primaryKey() });
export const news = pgTable('news', { id: uuid('id').primaryKey() });`,
    ],
  },
  check: ({ tables }, { allowed }) =>
    tables
      .filter(({ name }) => !allowed.includes(name) && !isPlural(name))
      .map((table) => ({
        ...aboutTable(table),
        message: `${table.exportName} is called ${table.name}, which is not a plural.`,
        fix: `call it ${pluralOf(table.name)}, or list it in the option allowed.`,
      })),
});

/** Plurals without s, and nouns that have no plural. */
const PLURAL = new Set(
  `people children men women feet teeth mice geese criteria phenomena media data metadata indices
   series species history telemetry feedback information equipment inventory usage staff content
   traffic storage`.split(/\s+/),
);

/** Only the last word counts: `usage_history`. */
function isPlural(name: string): boolean {
  const last = name.toLowerCase().split('_').at(-1) ?? '';
  return PLURAL.has(last) || (/[^su]s$|ies$|ses$|us[ei]s$/.test(last) && !last.endsWith('ss'));
}

const pluralOf = (name: string): string =>
  /[^aeiou]y$/.test(name)
    ? `${name.slice(0, -1)}ies`
    : /(?:s|x|z|ch|sh)$/.test(name)
      ? `${name}es`
      : `${name}s`;

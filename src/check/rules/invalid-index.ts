import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const invalidIndex: LintRule = defineRule({
  code: 'lint/invalid-index',
  severity: 'error',
  presets: ['recommended'],
  title: 'No index is invalid.',
  why: 'A failed CREATE INDEX CONCURRENTLY leaves an invalid index behind. Each write maintains it, no query uses it, and as a unique index it does not guarantee uniqueness.',
  inputs: ['database'],
  example: {
    bad: `create table notes (id uuid primary key, title text);
create index notes_title on notes (title);
update pg_index set indisvalid = false where indexrelid = 'notes_title'::regclass;`,
    good: `create table notes (id uuid primary key, title text);
create index notes_title on notes (title);`,
    alike: [
      `create table notes (id uuid primary key, title text);
create index notes_title on notes (title);
update pg_index set indisclustered = true where indexrelid = 'notes_title'::regclass;`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      table.indexes
        .filter(({ invalid }) => invalid)
        .map(({ name }) => ({
          ...aboutPart(table, name, []),
          message: `the index ${name} of ${table.exportName} is invalid.`,
          fix: `run REINDEX INDEX CONCURRENTLY ${name}, or drop the index.`,
        })),
    ),
});

import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import type { Rule } from '../../model/rule.ts';
import type { Schema } from '../../model/schema.ts';
import type { Table } from '../../model/table.ts';
import { aboutColumn } from '../../model/about.ts';
import { columnOf } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { comparedNames } from '../policy-columns.ts';
import { leadingColumns, tablePaths } from '../table-paths.ts';

export const policyColumnIndex: LintRule = defineRule({
  code: 'lint/policy-column-index',
  severity: 'warning',
  presets: ['recommended', 'supabase'],
  title: 'A column that a SELECT policy compares with the current user has an index.',
  why: 'Postgres adds the condition of the policy to every query. Without an index, each query reads the rows of all users.',
  inputs: ['definitions', 'database'],
  readsAccess: true,
  example: {
    bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, (t) => [pgPolicy('own', { using: sql\`\${t.ownerId} = (select current_setting('app.user')::uuid)\` })]);`,
    good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, (t) => [
  index('notes_owner').on(t.ownerId),
  pgPolicy('own', { using: sql\`\${t.ownerId} = (select current_setting('app.user')::uuid)\` }),
]);`,
    alike: [
      `export const users = pgTable('users', { id: uuid('id').primaryKey(), email: text('email').notNull().unique() }, (t) => [
  pgPolicy('self', { using: sql\`\${t.id} = (select current_setting('app.user')::uuid) or (select current_setting('app.email')) = \${t.email}\` }),
]);`,
      `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  teamId: uuid('team_id').notNull(),
  state: text('state').notNull(),
}, (t) => [
  pgPolicy('published', { for: 'select', using: sql\`\${t.state} = 'published'\` }),
  pgPolicy('shared', { for: 'update', using: sql\`exists (select 1 from members m where m.team_id = \${t.teamId} and m.user_id = (select current_setting('app.user')::uuid))\` }),
  pgPolicy('removed', { for: 'delete', using: sql\`\${t.teamId} = (select current_setting('app.team')::uuid)\` }),
  pgPolicy('added', { for: 'insert', withCheck: sql\`\${t.teamId} = (select current_setting('app.team')::uuid)\` }),
]);
export const members = pgTable('members', {
  id: uuid('id').primaryKey(),
  teamId: uuid('team_id').notNull(),
  userId: uuid('user_id').notNull(),
});`,
    ],
  },
  check: (schema) =>
    schema.tables.flatMap((table) => {
      const indexed = new Set(
        tablePaths(table).flatMap((path) => leadingColumns(path).slice(0, 1)),
      );
      return [...new Set(compared(schema, table))].flatMap((name) => {
        const column = columnOf(table, name);
        if (column === undefined || indexed.has(name) || column.type.kind === 'boolean') return [];
        return {
          ...aboutColumn(table, column),
          message: `a SELECT policy compares ${table.exportName}.${column.key} with the current user, and the column has no index.`,
          fix: `add index('idx_${table.name}_${name}').on(t.${column.key}).`,
          sqlFix: `run CREATE INDEX ON ${quoteTable(table.id)} (${quoteName(name)}).`,
        };
      });
    }),
});

/**
 * Names that SELECT conditions compare with the user. Updates and deletes usually find their rows
 * by the key.
 */
function compared({ policies, access }: Schema, table: Table): readonly string[] {
  const rules = access?.rules.tables[table.id];
  const ofRules = rules ? columnsOf(rules.read) : [];
  const ofPolicies = policies
    .filter(({ command }) => command === 'select' || command === 'all')
    .filter((policy) => policy.table === table.id)
    .flatMap(({ using }) => (using === undefined ? [] : comparedNames(using)));
  return [...ofRules, ...ofPolicies];
}

function columnsOf(rule: Rule): readonly string[] {
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.flatMap(columnsOf);
    case 'not':
      return columnsOf(rule.rule);
    case 'compare':
      return rule.with === '=' && 'claim' in rule.value ? [rule.column] : [];
    case 'in':
      return 'claim' in rule.values ? [rule.column] : [];
    default:
      return [];
  }
}

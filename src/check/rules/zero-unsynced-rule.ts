import { aboutTable } from '../../model/about.ts';
import type { Rule } from '../../model/rule.ts';
import type { Schema } from '../../model/schema.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { syncedColumns, syncedTables } from '../synced-columns.ts';

const members = (table: string): string => `export const { access, claims } = defineAccess();
export const internal = pgSchema('internal');
export const members = ${table}('members', {
  id: uuid('id').primaryKey(),
  teamId: uuid('team_id').notNull(),
  userId: uuid('user_id').notNull(),
}, (t) => [
  index('members_team').on(t.teamId, t.userId),
  index('members_user').on(t.userId),
  ...access(t, { read: owner(t.userId) }),
]).enableRLS();`;

const notes = `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  teamId: uuid('team_id').notNull(),
}, (t) => [
  index('notes_team').on(t.teamId),
  ...access(t, { read: exists(() => members, { teamId: t.teamId }, (m) => owner(m.userId)) }),
]).enableRLS();`;

export const zeroUnsyncedRule: LintRule = defineRule({
  code: 'lint/zero-unsynced-rule',
  severity: 'error',
  presets: ['zero'],
  title: 'The read rule of a synced table uses synced tables and columns only.',
  why: 'zero-cache evaluates the rule on its replica, which contains published columns only. If one is missing, each query for the table fails.',
  inputs: ['definitions'],
  readsAccess: true,
  example: {
    bad: `${members('internal.table')}
${notes}`,
    good: `${members('pgTable')}
${notes}`,
    alike: [
      `${members('internal.table')}
export const notes = pgTable('notes', { id: uuid('id').primaryKey() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();`,
    ],
  },
  check: (schema) =>
    syncedTables(schema).flatMap((table) => {
      const rule = schema.access?.rules.tables[table.id]?.read;
      const missing = new Set(rule && unsynced(rule, table.id, schema));
      if (missing.size === 0) return [];
      return {
        ...aboutTable(table),
        message: `the read rule of ${table.exportName} needs ${[...missing].join(' and ')}, which Zero does not sync.`,
        fix: 'sync it too, or rewrite the rule without it.',
      };
    }),
});

/** The tables and columns of a rule that Zero does not sync. */
function unsynced(rule: Rule, id: string, schema: Schema): readonly string[] {
  const columnsOf = (of: string): readonly string[] => {
    const table = schema.tables.find((one) => one.id === of);
    return table === undefined ? [] : syncedColumns(schema, table).map(({ name }) => name);
  };
  const needs = (of: string, names: readonly string[]): readonly string[] => {
    const synced = columnsOf(of);
    if (synced.length === 0) return [of];
    return names.filter((name) => !synced.includes(name)).map((name) => `${of}.${name}`);
  };
  switch (rule.op) {
    case 'and':
    case 'or':
      return rule.rules.flatMap((one) => unsynced(one, id, schema));
    case 'not':
      return unsynced(rule.rule, id, schema);
    case 'compare':
    case 'in':
    case 'null':
      return needs(id, [rule.column]);
    case 'exists':
    case 'can':
      return [
        ...needs(
          id,
          rule.on.map(({ own }) => own),
        ),
        ...needs(
          rule.table,
          rule.on.map(({ other }) => other),
        ),
        ...(rule.op === 'exists' ? unsynced(rule.rule, rule.table, schema) : []),
      ];
    default:
      return [];
  }
}

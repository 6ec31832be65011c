import { aboutPart } from '../about-columns.ts';
import { callsPerRow, sessionFunctions } from '../calls-per-row.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { policyConditions } from '../policy-conditions.ts';

export interface PolicyCallPerRowOptions {
  readonly functions: readonly string[];
}

export const policyCallPerRow: LintRule<PolicyCallPerRowOptions> =
  defineRule<PolicyCallPerRowOptions>({
    code: 'lint/policy-call-per-row',
    severity: 'warning',
    presets: ['recommended', 'supabase'],
    title: 'A policy reads the current user once per statement, not once per row.',
    why: 'auth.uid(), auth.jwt() and current_setting() run for each row that is examined. Inside (select …), Postgres calls them once per statement. In a database, this also holds for STABLE functions without arguments whose body calls one of them.',
    inputs: ['definitions', 'database'],
    options: {
      functions: {
        default: [],
        help: 'further functions that read the session, such as app.tenant',
      },
    },
    example: {
      bad: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, (t) => [
  pgPolicy('own', {
    using: sql\`\${t.ownerId} = current_setting('app.user')::uuid and (select current_setting('app.on')) = 'yes'\`,
  }),
]);`,
      good: `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
}, (t) => [
  index('notes_owner').on(t.ownerId),
  pgPolicy('own', {
    using: sql\`\${t.ownerId} = (select current_setting('app.user')::uuid) and (select current_setting('app.on')) = 'yes'\`,
  }),
]);`,
      alike: [
        `export const notes = pgTable('notes', {
  id: uuid('id').primaryKey(),
  title: text('title').notNull(),
}, (t) => [
  pgPolicy('titles', { using: sql\`\${t.title} <> 'auth.uid()' and lower(\${t.title}) = \${t.title}\` }),
  pgPolicy('casts', {
    using: sql\`\${t.title} = (select nullif(((current_setting('app.user', true))::jsonb ->> 'sub'), ''))\`,
  }),
]);`,
      ],
    },
    check: ({ tables, policies, functions }, options) => {
      const known = sessionFunctions(options.functions, functions);
      // Policies of a table without row-level security do not run.
      return tables
        .filter(({ rowSecurity }) => rowSecurity.enabled)
        .flatMap((table) =>
          policies
            .filter((policy) => policy.table === table.id)
            .flatMap((policy) => {
              const calls = [
                ...new Set(policyConditions(policy).flatMap((sql) => callsPerRow(sql, known))),
              ];
              if (calls.length === 0) return [];
              return {
                ...aboutPart(table, policy.name, []),
                message: `the policy ${policy.name} of ${table.exportName} calls ${calls.map((name) => `${name}()`).join(' and ')} for each row.`,
                fix: `write (select ${calls[0]}(…)).`,
              };
            }),
        );
    },
  });

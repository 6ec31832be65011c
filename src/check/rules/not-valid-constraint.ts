import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { aboutPart } from '../about-columns.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const notValidConstraint: LintRule = defineRule({
  code: 'lint/not-valid-constraint',
  severity: 'warning',
  presets: ['recommended'],
  title: 'No constraint is left NOT VALID.',
  why: 'Postgres checks a NOT VALID constraint for new rows only. Existing rows may violate it, and the planner does not use it.',
  inputs: ['database'],
  example: {
    bad: `create table orders (id uuid primary key, total integer not null);
alter table orders add constraint orders_total check (total >= 0) not valid;`,
    good: `create table orders (id uuid primary key, total integer not null);
alter table orders add constraint orders_total check (total >= 0) not valid;
alter table orders validate constraint orders_total;`,
    alike: [
      `create table orders (id uuid primary key, total integer not null, constraint not_valid check (total >= 0));`,
    ],
  },
  check: ({ tables }) =>
    tables.flatMap((table) =>
      [...table.checks, ...table.foreignKeys]
        // A NOT ENFORCED constraint is never valid and cannot be validated.
        .filter(({ notValid, notEnforced }) => notValid && !notEnforced)
        .map(({ name }) => ({
          ...aboutPart(table, name, []),
          message: `the constraint ${name} of ${table.exportName} is NOT VALID.`,
          fix: `correct the rows that violate it, then run ALTER TABLE … VALIDATE CONSTRAINT ${name}.`,
          paste: {
            sql: `ALTER TABLE ${quoteTable(table.id)} VALIDATE CONSTRAINT ${quoteName(name)};`,
          },
        })),
    ),
});

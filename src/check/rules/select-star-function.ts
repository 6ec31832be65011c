import { functionName } from '../../model/database-function.ts';
import { aboutFunction } from '../about-function.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { selectsStar } from '../selects-star.ts';

export const selectStarFunction: LintRule = defineRule({
  code: 'lint/select-star-function',
  severity: 'warning',
  presets: ['gateway'],
  title: 'No function selects *.',
  why: 'Adding a column to the table later changes the result of the function, or makes it fail at run time.',
  inputs: ['database'],
  example: {
    bad: `create table notes (id uuid primary key, title text);
create function all_notes() returns setof notes language sql as 'select * from notes';`,
    good: `create table notes (id uuid primary key, title text);
create function all_notes() returns setof notes language sql as 'select id, title from notes';`,
    alike: [
      `create table notes (id uuid primary key, title text);
create function how_many() returns bigint language sql as $$
  -- select * from notes would return too much.
  select count(*) * 2 from notes where title <> 'select * from'
$$;`,
      `create table notes (id uuid primary key, title text);
create function any_notes() returns boolean language sql as 'select exists (select * from notes)';`,
    ],
  },
  check: ({ functions = [] }) =>
    functions
      .filter(({ body }) => body !== undefined && selectsStar(body))
      .map((one) => ({
        ...aboutFunction(one),
        message: `the function ${functionName(one)} selects *.`,
        fix: 'name the columns.',
      })),
});

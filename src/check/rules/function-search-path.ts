import { functionName } from '../../model/database-function.ts';
import { schemaOf } from '../../model/table-id.ts';
import { aboutFunction } from '../about-function.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';
import { SUPABASE_SCHEMAS } from '../supabase-schemas.ts';

export const functionSearchPath: LintRule = defineRule({
  code: 'lint/function-search-path',
  severity: 'warning',
  presets: ['supabase'],
  title: 'A function has a fixed search_path.',
  why: 'Without one, the same call can find different tables in another session, or none. For SECURITY DEFINER functions, see lint/definer-search-path.',
  inputs: ['database'],
  example: {
    bad: `create table notes (id uuid primary key);
create function count_notes() returns bigint language sql as 'select count(*) from notes';`,
    good: `create table notes (id uuid primary key);
create function count_notes() returns bigint language sql
  set search_path = '' as 'select count(*) from public.notes';`,
    alike: [
      `create schema auth;
create function auth.uid() returns uuid language sql as 'select null::uuid';`,
      `create table notes (id uuid primary key);
create function count_notes() returns bigint begin atomic select count(*) from notes; end;`,
    ],
  },
  check: ({ functions = [] }) =>
    functions
      .filter(
        (one) =>
          !one.definer &&
          one.searchPath === undefined &&
          one.body !== undefined &&
          !isBound(one.body) &&
          !SUPABASE_SCHEMAS.has(schemaOf(one)),
      )
      .map((one) => ({
        ...aboutFunction(one),
        message: `the function ${functionName(one)} has the search_path of its caller.`,
        fix: `run ALTER FUNCTION ${functionName(one)} SET search_path = '', and qualify the names in its body.`,
      })),
});

/** The names in a body in SQL-standard syntax are bound when the function is created. */
const isBound = (body: string): boolean => /^(?:begin\s+atomic|return)\b/i.test(body.trim());

import { functionName } from '../../model/database-function.ts';
import { aboutFunction } from '../about-function.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const definerSearchPath: LintRule = defineRule({
  code: 'lint/definer-search-path',
  severity: 'error',
  presets: ['recommended', 'supabase'],
  title: 'A SECURITY DEFINER function has a fixed search_path.',
  why: 'It runs with the privileges of its owner, but finds tables and functions by the search_path of its caller. A caller who prepends a schema can run their own code as the owner.',
  inputs: ['database'],
  example: {
    bad: `create function role_of(person uuid) returns text language sql security definer
  as 'select ''admin''';`,
    good: `create function role_of(person uuid) returns text language sql security definer
  set search_path = pg_catalog, pg_temp as 'select ''admin''';`,
    alike: [
      `create function role_of(person uuid) returns text language sql
  as 'select ''admin''';`,
      `create function role_of(person uuid) returns text language sql security definer
  set search_path = '' as 'select ''admin''';`,
    ],
  },
  check: ({ functions = [] }) =>
    functions
      .filter(({ definer, searchPath }) => definer && searchPath === undefined)
      .map((one) => ({
        ...aboutFunction(one),
        message: `the function ${functionName(one)} is SECURITY DEFINER and has the search_path of its caller.`,
        fix: `run ALTER FUNCTION ${functionName(one)} SET search_path = pg_catalog, pg_temp, and qualify the names in its body.`,
      })),
});

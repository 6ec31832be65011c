import { functionName } from '../../model/database-function.ts';
import { schemaOf } from '../../model/table-id.ts';
import { aboutFunction } from '../about-function.ts';
import { isApiRole } from '../is-exposed.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const callableDefiner: LintRule = defineRule({
  code: 'lint/callable-definer',
  severity: 'warning',
  presets: ['supabase'],
  title: 'The API cannot call a SECURITY DEFINER function.',
  why: 'Supabase serves each function of public as /rest/v1/rpc/NAME, and by default every role may execute a new function. A SECURITY DEFINER function bypasses row-level security for every caller.',
  inputs: ['database'],
  example: {
    bad: `create function purge() returns void language sql security definer
  set search_path = '' as 'select';`,
    good: `create function purge() returns void language sql security definer
  set search_path = '' as 'select';
revoke execute on function purge() from public;`,
    alike: [
      `create function stamp() returns trigger language plpgsql security definer
  set search_path = '' as 'begin return new; end';`,
      `create schema internal;
create function internal.purge() returns void language sql security definer
  set search_path = '' as 'select';`,
      `create function purge() returns void language sql set search_path = '' as 'select';`,
    ],
  },
  check: ({ functions = [] }) =>
    functions
      .filter((one) => one.definer && !one.trigger && schemaOf(one) === 'public')
      .flatMap((one) => {
        const callers = one.callers.filter(isApiRole);
        if (callers.length === 0) return [];
        return {
          ...aboutFunction(one),
          message: `${callers.join(', ')} may call the SECURITY DEFINER function ${functionName(one)}.`,
          fix: `run REVOKE EXECUTE ON FUNCTION ${functionName(one)} FROM ${callers.join(', ')}, make it SECURITY INVOKER, or move it to a schema that the API does not serve.`,
        };
      }),
});

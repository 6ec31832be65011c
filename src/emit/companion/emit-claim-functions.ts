import { ACCESS_SCHEMA } from '../../model/access.ts';
import { CLAIM_READERS, claimForm, TOKEN, type ClaimForm } from '../../rules/claim-sql.ts';
import { quoteName } from '../../model/quote-sql.ts';
import type { ClaimType } from '../../model/rule.ts';
import type { CompanionObject } from './companion-object.ts';

/**
 * The functions that read claims of these types in policies. They return NULL for a claim
 * that is missing or of another type.
 *
 * They use plpgsql, because Postgres would inline a SQL function into the plan of every
 * statement, which takes longer than the call. A SET clause would make the call a quarter
 * slower, and protect nothing: they run as their caller, and whoever can set the search path
 * can set the claims too.
 */
export function emitClaimFunctions(types: Iterable<ClaimType>): readonly CompanionObject[] {
  return [...new Set(types)].sort().map((type) => {
    const form = claimForm(type);
    const isList = type.endsWith('[]');
    const name = quoteName(ACCESS_SCHEMA, CLAIM_READERS[type]);
    const [get, kind] = isList || form.get === '#>' ? ['#>', 'jsonb'] : ['#>>', 'text'];
    const value = isList
      ? listOf(form)
      : `case when ${form.is('claim')} then ${form.value('claim')} end`;
    return {
      key: `function ${name}`,
      create: `create or replace function ${name}(path text[]) returns ${form.sql}${isList ? '[]' : ''}
language plpgsql stable parallel safe
as $$
declare
  claim ${kind} := ${TOKEN} ${get} path;
begin
  return ${value};
end
$$;`,
      drop: `drop function if exists ${name}(text[]);`,
    };
  });
}

/** Returns the list in order if every element has the type. An empty list is valid. */
function listOf({ get, is, value }: ClaimForm): string {
  const item = get === '#>>' ? "(item #>> '{}')" : 'item';
  return `case when jsonb_typeof(claim) = 'array' and not exists (
    select from jsonb_array_elements(claim) as item where (${is(item)}) is not true
  ) then array(
    select ${value(item)} from jsonb_array_elements(claim) with ordinality as list (item, at) order by at
  ) end`;
}

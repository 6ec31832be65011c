import { ACCESS_SCHEMA, CLAIM_FORMS, LIST_READERS, TOKEN } from '../../rules/claim-sql.ts';
import { quoteName } from '../../model/quote-sql.ts';
import type { ClaimDeclaration } from '../../model/rule.ts';
import type { CompanionObject } from './companion-object.ts';

/**
 * The functions that read list claims in policies, for the declared types. They return NULL
 * for a claim that is missing or of another type.
 *
 * They use plpgsql and a SET clause, because Postgres would inline a SQL function into the
 * plan of every statement.
 */
export function emitClaimFunctions(
  claims: Readonly<Record<string, ClaimDeclaration>>,
): readonly CompanionObject[] {
  const types = [...new Set(Object.values(claims).map(({ type }) => type))].sort();
  return types.flatMap((type) => {
    const reader = LIST_READERS[type];
    if (!reader) return [];
    const form = CLAIM_FORMS[type.replace('[]', '') as keyof typeof CLAIM_FORMS];
    const name = quoteName(ACCESS_SCHEMA, reader);
    return {
      key: `function ${name}`,
      create: `create or replace function ${name}(path text[]) returns ${form.sql}[]
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  claim jsonb := ${TOKEN} #> path;
begin
  return ${listOf(form)};
end
$$;`,
      drop: `drop function if exists ${name}(text[]);`,
    };
  });
}

/** Returns the list in order if every element has the type. An empty list is valid. */
function listOf({ get, is, value }: (typeof CLAIM_FORMS)[keyof typeof CLAIM_FORMS]): string {
  const item = get === '#>>' ? "(item #>> '{}')" : 'item';
  return `case when jsonb_typeof(claim) = 'array' and not exists (
    select from jsonb_array_elements(claim) as item where (${is(item)}) is not true
  ) then array(
    select ${value(item)} from jsonb_array_elements(claim) with ordinality as list (item, at) order by at
  ) end`;
}

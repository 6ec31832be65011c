import { ACCESS_SCHEMA, CLAIM_READERS } from '../../access/policy-sql.ts';
import { quoteName } from '../../access/quote-sql.ts';
import type { ClaimDeclaration } from '../../model/rule.ts';
import type { CompanionObject } from './companion-object.ts';

const UUID = "'^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'";
/** 2^53 - 1: the largest whole number that JavaScript tells from the next. */
const MAX_INTEGER = '9007199254740991';

/** Whether a JSON value has the form of a claim, and the value in it. */
const SCALARS = {
  uuid: {
    is: (v: string) => `jsonb_typeof(${v}) = 'string' and ${v} #>> '{}' ~ ${UUID}`,
    value: (v: string) => `(${v} #>> '{}')::uuid`,
    sql: 'uuid',
  },
  text: {
    is: (v: string) => `jsonb_typeof(${v}) = 'string'`,
    value: (v: string) => `${v} #>> '{}'`,
    sql: 'text',
  },
  integer: {
    is: (v: string) =>
      `jsonb_typeof(${v}) = 'number' and trunc(${v}::numeric) = ${v}::numeric and abs(${v}::numeric) <= ${MAX_INTEGER}`,
    value: (v: string) => `${v}::numeric::bigint`,
    sql: 'bigint',
  },
  boolean: {
    is: (v: string) => `jsonb_typeof(${v}) = 'boolean'`,
    value: (v: string) => `${v}::boolean`,
    sql: 'boolean',
  },
} as const;

/**
 * The functions through which policies read claims, for the forms that are
 * declared. They give NULL for a claim that is missing or of another form.
 *
 * plpgsql, and with a setting of their own: a function in SQL would be taken
 * apart into the plan of every statement, which then sets up a dozen nodes for a
 * claim that it mostly never asks for.
 */
export function emitClaimFunctions(
  claims: Readonly<Record<string, ClaimDeclaration>>,
): readonly CompanionObject[] {
  const types = [...new Set(Object.values(claims).map(({ type }) => type))].sort();
  return types.map((type) => {
    const scalar = SCALARS[type.replace('[]', '') as keyof typeof SCALARS];
    const name = quoteName(ACCESS_SCHEMA, CLAIM_READERS[type]);
    const list = type.endsWith('[]');
    return {
      key: `function ${name}`,
      create: `create or replace function ${name}(path text[]) returns ${scalar.sql}${list ? '[]' : ''}
language plpgsql stable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  claim jsonb := nullif(current_setting('request.jwt.claims', true), '')::jsonb #> path;
begin
  return ${list ? listOf(scalar) : `case when ${scalar.is('claim')} then ${scalar.value('claim')} end`};
end
$$;`,
      drop: `drop function if exists ${name}(text[]);`,
    };
  });
}

/** A list in which every element has the form, in its order; an empty list is one. */
function listOf(scalar: (typeof SCALARS)[keyof typeof SCALARS]): string {
  return `case when jsonb_typeof(claim) = 'array' and not exists (
    select from jsonb_array_elements(claim) as item where not (${scalar.is('item')})
  ) then array(
    select ${scalar.value('item')} from jsonb_array_elements(claim) with ordinality as list (item, at) order by at
  ) end`;
}

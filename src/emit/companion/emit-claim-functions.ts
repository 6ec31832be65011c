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
 * declared. They give NULL for a claim that is missing or of another form. Their
 * bodies are bound when they are made, so no search_path can lead them astray.
 */
export function emitClaimFunctions(
  claims: Readonly<Record<string, ClaimDeclaration>>,
): readonly CompanionObject[] {
  const types = [...new Set(Object.values(claims).map(({ type }) => type))].sort();
  const claim = quoteName(ACCESS_SCHEMA, 'claim');
  return [
    definition(
      'claim',
      'path text[]',
      'jsonb',
      `nullif(current_setting('request.jwt.claims', true), '')::jsonb #> path`,
    ),
    ...types.map((type) => {
      const scalar = SCALARS[type.replace('[]', '') as keyof typeof SCALARS];
      const list = type.endsWith('[]');
      const name = CLAIM_READERS[type];
      return definition(
        name,
        'path text[]',
        list ? `${scalar.sql}[]` : scalar.sql,
        list
          ? listOf(scalar, `${claim}(path)`)
          : `case when ${scalar.is(`${claim}(path)`)} then ${scalar.value(`${claim}(path)`)} end`,
      );
    }),
  ];
}

/** A list in which every element has the form, in its order; an empty list is one. */
function listOf(scalar: (typeof SCALARS)[keyof typeof SCALARS], value: string): string {
  return `case when jsonb_typeof(${value}) = 'array' and not exists (
    select from jsonb_array_elements(${value}) as item where not (${scalar.is('item')})
  ) then array(
    select ${scalar.value('item')} from jsonb_array_elements(${value}) with ordinality as list (item, at) order by at
  ) end`;
}

function definition(
  name: string,
  parameters: string,
  returns: string,
  body: string,
): CompanionObject {
  const quoted = quoteName(ACCESS_SCHEMA, name);
  return {
    key: `function ${quoted}`,
    create: `create or replace function ${quoted}(${parameters}) returns ${returns}
language sql stable parallel safe
return ${body};`,
    drop: `drop function if exists ${quoted}(text[]);`,
  };
}

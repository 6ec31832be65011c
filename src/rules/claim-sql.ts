import type { ClaimDeclaration, ClaimType } from '../model/rule.ts';
import { quoteName, quoteText } from '../model/quote-sql.ts';

/** The schema that the functions of the policies live in. */
export const ACCESS_SCHEMA = 'access';

/** 2^53 - 1: the largest whole number that JavaScript tells from the next. */
const MAX_INTEGER = '9007199254740991';

/** How a claim of one form is told from others, and what is in it. */
interface ClaimForm {
  /** The operator that takes it out of the token: as JSON, or as text. */
  readonly get: '#>' | '#>>';
  /** Whether what was taken out has the form, as SQL. */
  is(found: string): string;
  value(found: string): string;
  readonly sql: string;
}

type ScalarClaim = Exclude<ClaimType, `${string}[]`>;

export const CLAIM_FORMS: Readonly<Record<ScalarClaim, ClaimForm>> = {
  uuid: {
    get: '#>>',
    // Nothing but a string can look so, and with no fifth hyphen. A regular expression
    // that counts says the same, but takes longer than all the rest of a policy.
    is: (text) =>
      `${text} like '________-____-____-____-____________' and ${text} not like '%-%-%-%-%-%' and ${text} !~ '[^0-9a-fA-F-]'`,
    value: (text) => `${text}::uuid`,
    sql: 'uuid',
  },
  text: {
    get: '#>',
    is: (json) => `jsonb_typeof(${json}) = 'string'`,
    value: (json) => `${json} #>> '{}'`,
    sql: 'text',
  },
  integer: {
    get: '#>',
    is: (json) =>
      `jsonb_typeof(${json}) = 'number' and trunc(${json}::numeric) = ${json}::numeric and abs(${json}::numeric) <= ${MAX_INTEGER}`,
    value: (json) => `${json}::numeric::bigint`,
    sql: 'bigint',
  },
  boolean: {
    get: '#>',
    is: (json) => `jsonb_typeof(${json}) = 'boolean'`,
    value: (json) => `${json}::boolean`,
    sql: 'boolean',
  },
};

/** The token, as PostgREST and Supabase set it; without one there is NULL. */
export const TOKEN = `nullif(current_setting('request.jwt.claims', true), '')::jsonb`;

/** The functions that read claims with lists in them; the companion SQL defines them. */
export const LIST_READERS: Readonly<Record<string, string>> = {
  'uuid[]': 'claim_uuids',
  'text[]': 'claim_texts',
  'integer[]': 'claim_integers',
};

/**
 * A claim as SQL, NULL where it is missing or of another form. In a subquery of
 * its own, so that Postgres asks once a statement and not once a row.
 *
 * A scalar is written out, because calling a function takes longer than reading
 * the token. A list would be a dozen nodes in the plan of every statement, for a
 * claim that it mostly never asks for: it has a function.
 */
export function readClaimSql({ type, path }: ClaimDeclaration): string {
  const steps = quoteText(`{${path.map((step) => JSON.stringify(step)).join(',')}}`);
  const reader = LIST_READERS[type];
  if (reader) {
    const { sql } = CLAIM_FORMS[type.replace('[]', '') as ScalarClaim];
    // `= any (select …)` would be read as a subquery of rows; the cast makes it a value.
    return `(select ${quoteName(ACCESS_SCHEMA, reader)}(${steps}))::${sql}[]`;
  }
  const { get, is, value } = CLAIM_FORMS[type as ScalarClaim];
  // The offset keeps the planner from reading the token anew in each place.
  return `(select case when ${is('claim')} then ${value('claim')} end from (select ${TOKEN} ${get} ${steps} as claim offset 0) as token)`;
}

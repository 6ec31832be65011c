import type { ClaimDeclaration, ClaimType } from '../model/rule.ts';
import { quoteName, quoteText } from '../model/quote-sql.ts';

/** The schema of the functions that policies call. */
export const ACCESS_SCHEMA = 'access';

/** 2^53 - 1, the largest safe integer in JavaScript. */
const MAX_INTEGER = '9007199254740991';

/** How to recognise and read a claim of one type. */
interface ClaimForm {
  /** The operator that reads it from the token: as JSON, or as text. */
  readonly get: '#>' | '#>>';
  /** SQL that checks whether the claim has the type. */
  is(found: string): string;
  value(found: string): string;
  readonly sql: string;
}

type ScalarClaim = Exclude<ClaimType, `${string}[]`>;

export const CLAIM_FORMS: Readonly<Record<ScalarClaim, ClaimForm>> = {
  uuid: {
    get: '#>>',
    // Only strings match this pattern, and only with the exact number of hyphens. A regular
    // expression with counts would be equivalent, but takes longer than the rest of a
    // policy.
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

/** The token, as PostgREST and Supabase set it; NULL without one. */
export const TOKEN = `nullif(current_setting('request.jwt.claims', true), '')::jsonb`;

/** The functions that read list claims; the companion SQL defines them. */
export const LIST_READERS: Readonly<Record<string, string>> = {
  'uuid[]': 'claim_uuids',
  'text[]': 'claim_texts',
  'integer[]': 'claim_integers',
};

/**
 * A claim as SQL: NULL if it is missing or of another type. It is a separate subquery, so
 * that Postgres evaluates it once per statement and not once per row.
 *
 * A scalar is inlined, because a function call takes longer than reading the token. A list
 * uses a function, because inlining would add a dozen nodes to the plan of every statement,
 * even when the claim is never read.
 */
export function readClaimSql({ type, path }: ClaimDeclaration): string {
  const steps = quoteText(`{${path.map((step) => JSON.stringify(step)).join(',')}}`);
  const reader = LIST_READERS[type];
  if (reader) {
    const { sql } = CLAIM_FORMS[type.replace('[]', '') as ScalarClaim];
    // `= any (select …)` would be parsed as a subquery of rows; the cast makes it a value.
    return `(select ${quoteName(ACCESS_SCHEMA, reader)}(${steps}))::${sql}[]`;
  }
  const { get, is, value } = CLAIM_FORMS[type as ScalarClaim];
  // The offset stops the planner from reading the token again in each place.
  return `(select case when ${is('claim')} then ${value('claim')} end from (select ${TOKEN} ${get} ${steps} as claim offset 0) as token)`;
}

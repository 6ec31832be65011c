import { ACCESS_SCHEMA } from '../model/access.ts';
import type { ClaimDeclaration, ClaimType } from '../model/rule.ts';
import { quoteName, quoteText } from '../model/quote-sql.ts';

/** 2^53 - 1, the largest safe integer in JavaScript. */
const MAX_INTEGER = '9007199254740991';

const ZERO_UUID = '00000000-0000-0000-0000-000000000000';

/** How to recognise and read a claim of one type. */
export interface ClaimForm {
  /** The operator that reads it from the token: as JSON, or as text. */
  readonly get: '#>' | '#>>';
  /** SQL that checks whether the claim has the type. */
  is(found: string): string;
  value(found: string): string;
  readonly sql: string;
}

type ScalarClaim = Exclude<ClaimType, `${string}[]`>;

const CLAIM_FORMS: Readonly<Record<ScalarClaim, ClaimForm>> = {
  uuid: {
    get: '#>>',
    // After replacing every digit by 0, only one text is valid. A regular expression with counts
    // would be equivalent, but takes longer than the rest of a policy.
    is: (text) =>
      `translate(${text}, '0123456789abcdefABCDEF', '${'0'.repeat(22)}') = '${ZERO_UUID}'`,
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

/** The functions that read claims. The companion SQL defines the ones that the rules need. */
export const CLAIM_READERS: Readonly<Record<ClaimType, string>> = {
  uuid: 'claim_uuid',
  text: 'claim_text',
  integer: 'claim_integer',
  boolean: 'claim_boolean',
  'uuid[]': 'claim_uuids',
  'text[]': 'claim_texts',
  'integer[]': 'claim_integers',
};

/** The form of a claim, or of the elements of a list. */
export const claimForm = (type: ClaimType): ClaimForm =>
  CLAIM_FORMS[type.replace('[]', '') as ScalarClaim];

/**
 * A claim as SQL: NULL if it is missing or of another type. It is a subquery, so that
 * Postgres calls the function once per statement and not once per row.
 */
export function readClaimSql({ type, path }: ClaimDeclaration): string {
  const steps = quoteText(`{${path.map((step) => JSON.stringify(step)).join(',')}}`);
  const value = `(select ${quoteName(ACCESS_SCHEMA, CLAIM_READERS[type])}(${steps}))`;
  // `= any (select …)` would be parsed as a subquery of rows; the cast makes it a value.
  return type.endsWith('[]') ? `${value}::${claimForm(type).sql}[]` : value;
}

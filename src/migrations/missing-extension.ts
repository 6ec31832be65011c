import type { DatabaseError } from '../postgres/database-error.ts';

/** What Postgres does not find, and the extension that has it. */
const EXTENSIONS: readonly (readonly [said: RegExp, extension: string])[] = [
  [/^function (?:\w+\.)?uuid_generate_v\w+\(/, 'uuid-ossp'],
  [/^operator class "(?:gin|gist)_trgm_ops"|^function (?:word_)?similarity\(/, 'pg_trgm'],
  [/^type "citext"/, 'citext'],
  [/^type "hstore"/, 'hstore'],
  [/^type "ltree"/, 'ltree'],
  [/^type "(?:vector|halfvec|sparsevec)"|^operator class "\w*vec\w*_ops"/, 'vector'],
  [/^type "(?:geometry|geography)"/, 'postgis'],
  [/^function (?:crypt|gen_salt|digest|hmac|pgp_sym_\w+)\(/, 'pgcrypto'],
  [/^function unaccent\(/, 'unaccent'],
];

/** The well-known extension whose function, type or operator class a statement lacks. */
export function missingExtension({ code, message }: DatabaseError): string | undefined {
  if (code !== '42883' && code !== '42704') return undefined;
  return EXTENSIONS.find(([said]) => said.test(message))?.[1];
}

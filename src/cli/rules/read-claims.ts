import type { ClaimDeclaration, Claims } from '../../model/rule.ts';
import type { Access } from '../../model/access.ts';
import { readClaim } from '../../model/read-claim.ts';
import type { DevConfig } from '../../project/config.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

/** Claims by name, as garden.config.ts has them. */
export type Principals = NonNullable<DevConfig['principals']>;

const EXAMPLE = `--as '{ "sub": "00000000-0000-4000-8000-000000000001", "roles": ["admin"] }', or --as anonymous`;

/**
 * Reads the principal of `--as`: JSON, or the name of a principal in garden.config.ts. A misspelt
 * or malformed claim is refused.
 */
export function readClaims(text: string, access: Access, principals: Principals = {}): Claims {
  const claims = parseClaims(text, principals);
  const declared = Object.values(access.rules.claims);
  refuseMisspelt(claims, declared, access.preset);
  for (const declaration of declared) refuseMalformed(claims, declaration);
  return claims;
}

const refuse = (message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'cli/bad-value', message, context: ['--as'], fix });

function parseClaims(text: string, principals: Principals): Claims {
  const named = principals[text];
  if (named !== undefined) return named;
  if (text === 'anonymous') return {};
  const begun = Object.keys(principals).filter((name) => isBegun(name, text));
  const only = begun.length === 1 ? principals[begun[0] ?? ''] : undefined;
  if (only !== undefined) return only;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(
      '--as is neither JSON, nor the name of a principal in garden.config.ts, nor the word anonymous.',
      `write ${[...Object.keys(principals).map((name) => `--as ${JSON.stringify(name)}`), EXAMPLE].join(', or ')}.`,
    );
  }
  if (isObject(value)) return value;
  throw refuse('--as is not a JSON object.', `write ${EXAMPLE}.`);
}

/** `ada` is the beginning of `Ada, admin`. */
const isBegun = (name: string, text: string): boolean =>
  text !== '' && name.toLowerCase().startsWith(text.toLowerCase());

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Refuses a name that resembles a declared claim which the principal lacks. Other names are
 * normal: a token also has claims that no rule reads.
 */
function refuseMisspelt(
  claims: Claims,
  declared: readonly ClaimDeclaration[],
  preset: Access['preset'],
  above: readonly string[] = [],
): void {
  const inside = declared.filter(({ path }) => above.every((step, at) => path[at] === step));
  const expected = [...new Set(inside.flatMap(({ path }) => path[above.length] ?? []))];
  const missing = expected.filter((name) => !Object.hasOwn(claims, name));
  for (const [name, value] of Object.entries(claims)) {
    if (expected.includes(name)) {
      if (isObject(value)) refuseMisspelt(value, declared, preset, [...above, name]);
      continue;
    }
    // Every Supabase token has it, in addition to the application's claims.
    if (preset === 'supabase' && above.length === 0 && name === 'role') continue;
    const nearest = nearestName(name, missing);
    if (nearest === undefined) continue;
    throw refuse(
      `no rule reads the claim ${[...above, name].join('.')}.`,
      `did you mean ${[...above, nearest].join('.')}?`,
    );
  }
}

/** Rules treat such a claim as missing, which is rarely intended. */
function refuseMalformed(claims: Claims, declaration: ClaimDeclaration): void {
  const { type, path } = declaration;
  let at: unknown = claims;
  for (const step of path) {
    if (!isObject(at)) throw malformed(path, type);
    if (!Object.hasOwn(at, step)) return;
    at = at[step];
  }
  if (readClaim(declaration, claims) === undefined) throw malformed(path, type);
}

const malformed = (path: readonly string[], type: string): ProblemError =>
  refuse(
    `the claim ${path.join('.')} is not of the declared type ${type}, so rules would treat it as missing.`,
    `write a value such as ${EXAMPLES[type] ?? type}, or leave the claim out.`,
  );

const ID = '"00000000-0000-4000-8000-000000000001"';
const EXAMPLES: Readonly<Record<string, string>> = {
  uuid: ID,
  text: '"text"',
  integer: '1',
  boolean: 'true',
  'uuid[]': `[${ID}]`,
  'text[]': '["text"]',
  'integer[]': '[1]',
};

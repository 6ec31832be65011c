import type { ClaimDeclaration, Claims } from '../../model/rule.ts';
import type { Access } from '../../model/access.ts';
import { readClaim } from '../../model/read-claim.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

const EXAMPLE = `--as '{ "sub": "00000000-0000-4000-8000-000000000001", "roles": ["admin"] }', or --as anonymous`;

/** Reads the principal of `--as`. A misspelt or malformed claim is refused. */
export function readClaims(text: string, access: Access): Claims {
  const claims = parseClaims(text);
  const declared = Object.values(access.rules.claims);
  refuseMisspelt(claims, declared, access.preset);
  for (const declaration of declared) refuseMalformed(claims, declaration);
  return claims;
}

const refuse = (message: string, fix: string): ProblemError =>
  new ProblemError({ code: 'cli/bad-value', message, context: ['--as'], fix });

function parseClaims(text: string): Claims {
  if (text === 'anonymous') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse('--as is neither JSON nor the word anonymous.', `write ${EXAMPLE}.`);
  }
  if (isObject(value)) return value;
  throw refuse('--as is not a JSON object.', `write ${EXAMPLE}.`);
}

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

import type { AccessRules, Claims, ClaimDeclaration, ClaimType } from '../../../src/model/rule.ts';
import { ownClaim } from '../../../src/testing/access/own-claims.ts';
import type { Mutant } from './mutant.ts';

/** Mistakes in reading the token. */
export const claimMutants: readonly Mutant[] = [
  replacing('takes a missing list for an empty one', (declaration, claims) =>
    declaration.type.endsWith('[]') && ownClaim(declaration, claims) === undefined ? [] : keep,
  ),
  replacing('takes a missing value for an empty one', (declaration, claims) =>
    ownClaim(declaration, claims) === undefined ? EMPTY[declaration.type] : keep,
  ),
  replacing('takes an empty list for a missing one', (declaration, claims) => {
    const value = ownClaim(declaration, claims);
    return Array.isArray(value) && value.length === 0 ? undefined : keep;
  }),
  replacing('leaves out the elements of another form', (declaration, claims) => {
    const value = at(claims, declaration.path);
    if (!Array.isArray(value) || !declaration.type.endsWith('[]')) return keep;
    return value.filter((item) => ownClaim({ ...declaration, path: ['x'] }, { x: [item] }));
  }),
  replacing('takes a single value for a list of one', (declaration, claims) => {
    const value = at(claims, declaration.path);
    return declaration.type.endsWith('[]') && typeof value === 'string' ? [value] : keep;
  }),
  replacing('takes text for a number or a truth', (declaration, claims) => {
    const value = at(claims, declaration.path);
    if (declaration.type === 'boolean' && typeof value === 'number') return value === 1;
    if (typeof value !== 'string' || value === '') return keep;
    if (declaration.type === 'integer') return Number(value);
    return declaration.type === 'boolean' && value === 'true' ? true : keep;
  }),
  replacing('takes other spellings for a uuid', (declaration, claims) => {
    const value = at(claims, declaration.path);
    if (declaration.type !== 'uuid' || typeof value !== 'string') return keep;
    const digits = value.replaceAll(/[{}\s-]/g, '');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }),
  replacing('does not fold a uuid to lower case', (declaration, claims) => {
    const value = at(claims, declaration.path);
    if (declaration.type !== 'uuid' || typeof value !== 'string') return keep;
    // Without normalization, an upper-case uuid does not equal Postgres's lower-case one.
    return value === value.toLowerCase() ? keep : NOBODYS;
  }),
  replacing('does not fold the uuids of a list to lower case', (declaration, claims) => {
    const value = at(claims, declaration.path);
    if (declaration.type !== 'uuid[]' || !Array.isArray(value)) return keep;
    return value.map((item: unknown) =>
      typeof item === 'string' && item !== item.toLowerCase() && item.length === 36
        ? NOBODYS
        : item,
    );
  }),
  replacing('reads only the first of a list', (declaration, claims) => {
    const value = ownClaim(declaration, claims);
    return Array.isArray(value) ? value.slice(0, 1) : keep;
  }),
];

/** Accepts any number as an integer, like a cast in Postgres. */
export const rounding: Mutant = replacing('rounds', (declaration, claims) => {
  const value = at(claims, declaration.path);
  const rounded = (item: unknown): unknown => (typeof item === 'number' ? Math.round(item) : item);
  if (declaration.type === 'integer') return value === undefined ? keep : rounded(value);
  return declaration.type === 'integer[]' && Array.isArray(value) ? value.map(rounded) : keep;
});

const keep = Symbol('as it is');
const NOBODYS = '11111111-2222-4333-8444-555555555555';

const EMPTY: Readonly<Record<ClaimType, unknown>> = {
  uuid: '00000000-0000-0000-0000-000000000000',
  text: '',
  integer: 0,
  boolean: false,
  'uuid[]': [],
  'text[]': [],
  'integer[]': [],
};

function replacing(
  name: string,
  change: (declaration: ClaimDeclaration, claims: Claims) => unknown,
): Mutant {
  return {
    name,
    claims: (claims, rules: AccessRules) => {
      const copy = structuredClone(claims) as Record<string, unknown>;
      for (const declaration of Object.values(rules.claims)) {
        const value = change(declaration, claims);
        if (value !== keep) put(copy, declaration.path, value);
      }
      return copy;
    },
  };
}

function at(claims: Claims, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string, unknown>)[step]
        : undefined,
    claims,
  );
}

function put(claims: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let here = claims;
  for (const step of path.slice(0, -1)) {
    const next = here[step];
    const inner = typeof next === 'object' && next !== null && !Array.isArray(next) ? next : {};
    here[step] = inner;
    here = inner as Record<string, unknown>;
  }
  const last = path.at(-1);
  if (last === undefined) return;
  if (value === undefined) delete here[last];
  else here[last] = value;
}

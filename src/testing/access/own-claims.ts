import type { ClaimDeclaration, Claims, ClaimType } from '../../model/rule.ts';

type Content = string | number | boolean | readonly (string | number)[] | undefined;

/** The claims of each principal that were read before. The same ones are read for every row. */
const known = new WeakMap<Claims, Map<ClaimDeclaration, Content>>();

/**
 * Reads a claim for the oracle. It must not use the enforcers' code: the oracle would
 * share its bugs.
 */
export function ownClaim(declaration: ClaimDeclaration, claims: Claims): Content {
  const own = known.get(claims) ?? new Map<ClaimDeclaration, Content>();
  known.set(claims, own);
  if (!own.has(declaration)) own.set(declaration, contentOf(declaration, claims));
  return own.get(declaration);
}

function contentOf(declaration: ClaimDeclaration, claims: Claims): Content {
  const found = declaration.path.reduce<unknown>(
    (at, step) => (isPlainObject(at) && Object.hasOwn(at, step) ? at[step] : undefined),
    claims,
  );
  const { type } = declaration;
  if (!isListType(type)) return FORMS[type](found) ? canonical(type, found) : undefined;
  const item = ITEMS[type];
  if (!Array.isArray(found) || !found.every((value) => FORMS[item](value))) return undefined;
  return found.map((value) => canonical(item, value)) as (string | number)[];
}

type ListType = Extract<ClaimType, `${string}[]`>;
type ScalarType = Exclude<ClaimType, ListType>;

const isListType = (type: ClaimType): type is ListType => type.endsWith('[]');

/** Paths do not enter lists: `length` is not a claim. */
const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ITEMS = { 'uuid[]': 'uuid', 'text[]': 'text', 'integer[]': 'integer' } as const;

const FORMS: Readonly<Record<ScalarType, (value: unknown) => boolean>> = {
  uuid: (value) =>
    typeof value === 'string' &&
    value.length === 36 &&
    [...value].every((sign, at) =>
      at === 8 || at === 13 || at === 18 || at === 23
        ? sign === '-'
        : '0123456789abcdefABCDEF'.includes(sign),
    ),
  // No database can store a lone surrogate, and databases handle it differently.
  text: (value) => typeof value === 'string' && !value.includes('\0') && value.isWellFormed(),
  integer: (value) =>
    typeof value === 'number' &&
    Math.trunc(value) === value &&
    value <= 9_007_199_254_740_991 &&
    value >= -9_007_199_254_740_991,
  boolean: (value) => value === true || value === false,
};

const canonical = (type: ScalarType, value: unknown): string | number | boolean =>
  type === 'uuid' ? String(value).toLowerCase() : (value as string | number | boolean);

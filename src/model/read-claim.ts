import type { ClaimDeclaration, Claims, ClaimType } from './rule.ts';

/** A claim as rules compare it: a uuid in lower case, a list as an array. */
export type ClaimContent = string | number | boolean | readonly (string | number)[];

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The principal's value for a claim, or `undefined` if it is missing or not of the declared
 * type.
 */
export function readClaim(declaration: ClaimDeclaration, claims: Claims): ClaimContent | undefined {
  let value: unknown = claims;
  for (const step of declaration.path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (!Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return contentOf(declaration.type, value);
}

function contentOf(type: ClaimType, value: unknown): ClaimContent | undefined {
  switch (type) {
    case 'uuid':
      return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : undefined;
    case 'text':
      return typeof value === 'string' && !value.includes('\0') && value.isWellFormed()
        ? value
        : undefined;
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'uuid[]':
      return listOf('uuid', value);
    case 'text[]':
      return listOf('text', value);
    case 'integer[]':
      return listOf('integer', value);
  }
}

function listOf(
  type: 'uuid' | 'text' | 'integer',
  value: unknown,
): readonly (string | number)[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const list = value.map((item) => contentOf(type, item));
  return list.includes(undefined) ? undefined : (list as (string | number)[]);
}

import { readClaim, type ClaimContent } from '../rules/read-claim.ts';
import type { AccessRules, Claims, ClaimType, ClaimValue, Scalar } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';

/** A principal's claims, each read once; `undefined` where it has none of the right form. */
export type ClaimReader = (claim: string) => ClaimContent | undefined;

export function claimReader(rules: AccessRules, claims: Claims): ClaimReader {
  const contents = new Map<string, ClaimContent | undefined>();
  return (claim) => {
    if (contents.has(claim)) return contents.get(claim);
    const declaration = Object.hasOwn(rules.claims, claim) ? rules.claims[claim] : undefined;
    const content = declaration && readClaim(declaration, claims);
    contents.set(claim, content);
    return content;
  };
}

/**
 * Refuses a rule that takes a claim for something else than it is declared to be.
 * Such a claim could only be read as missing, and that cannot be told from a
 * principal without it.
 */
export function checkClaim(value: ClaimValue, list: boolean, rules: AccessRules): void {
  const declared = Object.hasOwn(rules.claims, value.claim)
    ? rules.claims[value.claim]?.type
    : undefined;
  if (FITS[value.type].some((type) => declared === (list ? `${type}[]` : type))) return;
  throw new ProblemError({
    code: 'access/claim-type',
    message: `a rule takes the claim "${value.claim}" for a ${list ? 'list of ' : ''}${value.type}, but it is ${declared ?? 'not declared'}.`,
    fix: 'declare the claim with the type of the column that it is compared with.',
  });
}

/** The claims that a column of a type can be compared with. No claim is a moment or a label. */
const FITS: Readonly<Record<Scalar, readonly ClaimType[]>> = {
  uuid: ['uuid'],
  text: ['text', 'uuid'],
  integer: ['integer'],
  boolean: ['boolean'],
  moment: [],
  enum: [],
};

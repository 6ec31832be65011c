import { readClaim, type ClaimContent } from '../model/read-claim.ts';
import type { AccessRules, Claims, ClaimType, ClaimValue, Scalar } from '../model/rule.ts';
import { ProblemError } from '../report/problem.ts';

/** Reads a principal's claims, each once; `undefined` if a claim is missing or malformed. */
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
 * Refuses a rule that uses a claim with another type than the declared one. Such a claim
 * would always read as missing, as if the principal did not have it.
 */
export function checkClaim(value: ClaimValue, list: boolean, rules: AccessRules): void {
  const declared = Object.hasOwn(rules.claims, value.claim)
    ? rules.claims[value.claim]?.type
    : undefined;
  if (FITS[value.type].some((type) => declared === (list ? `${type}[]` : type))) return;
  throw new ProblemError({
    code: 'access/claim-type',
    message: `a rule uses the claim "${value.claim}" as ${list ? 'a list of ' : ''}${value.type}, but it is ${declared ?? 'not declared'}.`,
    fix: 'declare the claim with the type of the column that it is compared with.',
  });
}

/**
 * The claim types that a column of each type can be compared with. No claim type matches a
 * timestamp or an enum label.
 */
const FITS: Readonly<Record<Scalar, readonly ClaimType[]>> = {
  uuid: ['uuid'],
  text: ['text', 'uuid'],
  integer: ['integer'],
  boolean: ['boolean'],
  moment: [],
  enum: [],
};

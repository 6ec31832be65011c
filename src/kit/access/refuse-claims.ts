import type { ClaimDeclaration, ClaimType } from '../../model/rule.ts';
import { ProblemError } from '../../report/problem.ts';

const TYPES: readonly ClaimType[] = [
  'uuid',
  'text',
  'integer',
  'boolean',
  'uuid[]',
  'text[]',
  'integer[]',
];

/** Allowed types of the claims that `owner` and `role` compare. */
const STANDARD: ReadonlyMap<string, readonly ClaimType[]> = new Map([
  ['sub', ['uuid', 'text']],
  ['roles', ['text[]']],
]);

/** Refuses a type that is unknown, or that `owner` and `role` cannot compare. */
export function refuseClaimType(claim: string, { type }: ClaimDeclaration): void {
  if (!TYPES.includes(type)) {
    throw new ProblemError({
      code: 'access/claim-type',
      message: `the claim "${claim}" is declared as ${String(type)}, which is not a claim type.`,
      object: claim,
      fix: `declare it as one of ${TYPES.map((one) => `'${one}'`).join(', ')}.`,
    });
  }
  const allowed = STANDARD.get(claim);
  if (!allowed || allowed.includes(type)) return;
  const wanted = allowed.map((one) => `'${one}'`).join(' or ');
  throw new ProblemError({
    code: 'access/claim-type',
    message: `the claim "${claim}" is declared as ${type}, but can only be ${wanted}.`,
    object: claim,
    fix: `declare it as ${wanted}, or give the other claim another name: { type: '${type}', at: ['${claim}'] }.`,
  });
}

/** A path step that Postgres also reads as an array index. */
const POSITION = /^\s*[+-]?\d+$/;

/** Refuses a path that the enforcers read differently, or that users can write. */
export function refuseClaimPath(claim: string, { path }: ClaimDeclaration): void {
  const refuse = (why: string, fix: string): never => {
    throw new ProblemError({
      code: 'access/claim-path',
      message: `the claim "${claim}" cannot be read at the path ${JSON.stringify(path)}: ${why}.`,
      object: claim,
      fix,
    });
  };
  const rename = 'configure the identity provider to put the claim under a name made of letters.';
  if (path.length === 0) refuse('the path is empty', `name a path: { type: …, at: ['${claim}'] }.`);
  if (path[0] === 'user_metadata') {
    refuse(
      'users can write user_metadata themselves',
      'read it from app_metadata, which only the server can write.',
    );
  }
  for (const step of path) {
    if (step === '') refuse('a step is empty', rename);
    if (POSITION.test(step)) refuse(`Postgres reads "${step}" as an array index`, rename);
    if (/\p{Cc}/u.test(step) || !step.isWellFormed()) {
      refuse('a step has control characters or lone surrogates', rename);
    }
  }
}

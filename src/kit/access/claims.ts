import type { ClaimDeclaration, ClaimType } from '../../model/rule.ts';
import { ProblemError } from '../../report/problem.ts';

/** A claim that holds one value, for `eq(t.column, claims.name)`. */
export interface Claim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** Only for the types: what the claim holds. */
  readonly holds?: Data;
  readonly holdsListOf?: never;
}

/** A claim that holds a list, for `inList(t.column, claims.name)`. */
export interface ListClaim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** Only for the types: what the list holds. */
  readonly holdsListOf?: Data;
  readonly holds?: never;
}

/** The TypeScript type of a claim's value. */
interface Held {
  readonly uuid: string;
  readonly text: string;
  readonly integer: number;
  readonly boolean: boolean;
}

/** How a claim is declared: its form, and where it stands if that is not under its own name. */
export type ClaimInput =
  | ClaimType
  | { readonly type: ClaimType; readonly at: readonly [string, ...string[]] };

type TypeOf<Input extends ClaimInput> = Input extends ClaimType
  ? Input
  : Input extends { readonly type: infer Type }
    ? Type
    : never;

type ClaimOf<Type> = Type extends `${infer Item extends keyof Held}[]`
  ? ListClaim<Held[Item]>
  : Type extends keyof Held
    ? Claim<Held[Type]>
    : never;

/** What every token has unless it is declared otherwise. */
interface Standard {
  readonly sub: 'uuid';
  readonly roles: 'text[]';
}

/** The declared claims, by name, to be used in rules. */
export type DeclaredClaims<Input extends Record<string, ClaimInput>> = {
  readonly [Name in keyof (Omit<Standard, keyof Input> & Input)]: ClaimOf<
    TypeOf<(Omit<Standard, keyof Input> & Input)[Name]>
  >;
};

/** Makes the declarations, with `sub` and `roles` where they are not among them. */
export function declareClaims<const Input extends Record<string, ClaimInput>>(
  input: Input,
): DeclaredClaims<Input> {
  const all: Record<string, ClaimInput> = { sub: 'uuid', roles: 'text[]', ...input };
  return Object.fromEntries(
    Object.entries(all).map(([claim, declared]) => {
      const declaration: ClaimDeclaration =
        typeof declared === 'string'
          ? { type: declared, path: [claim] }
          : { type: declared.type, path: declared.at };
      refuseType(claim, declaration);
      refusePath(claim, declaration);
      return [claim, { claim, declaration }];
    }),
  ) as unknown as DeclaredClaims<Input>;
}

/** What `owner` and `role` compare. */
const STANDARD: ReadonlyMap<string, readonly ClaimType[]> = new Map([
  ['sub', ['uuid', 'text']],
  ['roles', ['text[]']],
]);

function refuseType(claim: string, { type }: ClaimDeclaration): void {
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

/** A step that Postgres also takes for a position in a list. */
const POSITION = /^\s*[+-]?\d+$/;

function refusePath(claim: string, { path }: ClaimDeclaration): void {
  const refuse = (why: string, fix: string): never => {
    throw new ProblemError({
      code: 'access/claim-path',
      message: `the claim "${claim}" stands at ${JSON.stringify(path)}: ${why}.`,
      object: claim,
      fix,
    });
  };
  const rename = 'let the identity provider put the claim under a name of letters.';
  if (path.length === 0) refuse('that is no place', `name one: { type: …, at: ['${claim}'] }.`);
  if (path[0] === 'user_metadata') {
    refuse(
      'users write that themselves',
      'take it from app_metadata, which only the server writes.',
    );
  }
  for (const step of path) {
    if (step === '') refuse('a step is empty', rename);
    if (POSITION.test(step)) refuse(`Postgres takes "${step}" for a position in a list`, rename);
    if (/\p{Cc}/u.test(step) || !step.isWellFormed()) {
      refuse('a step has control characters or lone surrogates', rename);
    }
  }
}

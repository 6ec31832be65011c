import type { ClaimDeclaration, ClaimType } from '../../model/rule.ts';
import { ProblemError } from '../../report/problem.ts';
import { refuseUnknown } from './refuse-misuse.ts';

/** A claim that holds one value, for `eq(t.column, claims.name)`. */
export interface Claim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** Exists only in the types: the type of the claim's value. */
  readonly holds?: Data;
  readonly holdsListOf?: never;
}

/** A claim that holds a list, for `inList(t.column, claims.name)`. */
export interface ListClaim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** Exists only in the types: the type of the list's elements. */
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

/** Declaration of a claim: its type, and its path in the token if that differs from its name. */
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

/** Claims that every schema has. A declaration of the same name replaces the default. */
interface Standard {
  readonly sub: 'uuid';
  readonly roles: 'text[]';
}

/** The declared claims by name, for use in rules. */
export type DeclaredClaims<Input extends Record<string, ClaimInput>> = {
  readonly [Name in keyof (Omit<Standard, keyof Input> & Input)]: ClaimOf<
    TypeOf<(Omit<Standard, keyof Input> & Input)[Name]>
  >;
};

/** Creates the declarations, and adds `sub` and `roles` if they are missing. */
export function declareClaims<const Input extends Record<string, ClaimInput>>(
  input: Input,
): DeclaredClaims<Input> {
  for (const [claim, declared] of Object.entries(input)) {
    if (typeof declared !== 'string') {
      refuseUnknown(declared, ['type', 'at'], `the claim "${claim}"`);
    }
  }
  const all: Record<string, ClaimInput> = { sub: 'uuid', roles: 'text[]', ...input };
  return Object.fromEntries(
    Object.entries(all).map(([claim, declared]) => {
      const declaration: ClaimDeclaration =
        typeof declared === 'string'
          ? { type: declared, path: [claim] }
          : { type: declared.type, path: declared.at ?? [claim] };
      refuseType(claim, declaration);
      refusePath(claim, declaration);
      return [claim, { claim, declaration }];
    }),
  ) as unknown as DeclaredClaims<Input>;
}

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

function refuseType(claim: string, { type }: ClaimDeclaration): void {
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

function refusePath(claim: string, { path }: ClaimDeclaration): void {
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

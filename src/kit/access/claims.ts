import type { ClaimDeclaration, ClaimType } from '../../model/rule.ts';

/** A claim that holds one value, for `eq(t.column, claims.name)`. */
export interface Claim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** Only for the types: what the claim holds. */
  readonly holds?: Data;
}

/** A claim that holds a list, for `inList(t.column, claims.name)`. */
export interface ListClaim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** Only for the types: what the list holds. */
  readonly holdsListOf?: Data;
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
    Object.entries(all).map(([claim, declared]) => [
      claim,
      {
        claim,
        declaration:
          typeof declared === 'string'
            ? { type: declared, path: [claim] }
            : { type: declared.type, path: declared.at },
      },
    ]),
  ) as unknown as DeclaredClaims<Input>;
}

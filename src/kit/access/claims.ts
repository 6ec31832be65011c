import type { ClaimDeclaration, ClaimType } from '../../model/rule.ts';
import { refuseClaimPath, refuseClaimType } from './refuse-claims.ts';
import { refuseUnknown } from './refuse-misuse.ts';

/** A claim that holds one value, for `eq(t.column, claims.name)`. */
export interface Claim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** The type of the claim's value. The property exists only in the types. */
  readonly holds?: Data;
  readonly holdsListOf?: never;
}

/** A claim that holds a list, for `inList(t.column, claims.name)`. */
export interface ListClaim<Data> {
  readonly claim: string;
  readonly declaration: ClaimDeclaration;
  /** The type of the list's elements. The property exists only in the types. */
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
      refuseClaimType(claim, declaration);
      refuseClaimPath(claim, declaration);
      return [claim, { claim, declaration }];
    }),
  ) as unknown as DeclaredClaims<Input>;
}

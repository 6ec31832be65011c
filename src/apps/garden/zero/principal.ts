/** The user of the application, as queries and mutators see it: the `context` of Zero. */
export interface Principal {
  /** Account id, from the token's subject. `undefined` if nobody is signed in. */
  readonly sub?: string | undefined;
  /** Roles for display only. The server reads roles from the token. */
  readonly roles: readonly string[];
}

/** The principal of a user who is not signed in. */
export const anonymous: Principal = { roles: [] };

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    context: Principal;
  }
}

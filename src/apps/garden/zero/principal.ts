/** Who uses the application, as queries and mutators see them: the `context` of Zero. */
export interface Principal {
  /** The account's id: the token's subject. Nothing for somebody who is not signed in. */
  readonly sub?: string | undefined;
  /** Only shown and hidden by: on the server, roles come from the token. */
  readonly roles: readonly string[];
}

/** Somebody who is not signed in. */
export const anonymous: Principal = { roles: [] };

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    context: Principal;
  }
}

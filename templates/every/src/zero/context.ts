/** The user, as queries and mutators see them. On the server, the token decides. */
export interface Principal {
  /** `undefined` if nobody is signed in. */
  readonly sub?: string | undefined;
  readonly roles: readonly string[];
}

declare module '@rocicorp/zero' {
  interface DefaultTypes {
    context: Principal;
  }
}

/** The user, as queries and mutators see them: the `context` of Zero. */
export interface GatewayPrincipal {
  /** The token's subject; undefined if nobody is signed in. */
  readonly sub?: string | undefined;
}

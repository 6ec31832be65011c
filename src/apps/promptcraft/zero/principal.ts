/** The user, as queries and mutators see them: the `context` of Zero. */
export interface PromptcraftPrincipal {
  /** The token's subject; undefined if nobody is signed in. */
  readonly sub?: string | undefined;
}

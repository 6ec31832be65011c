import type { ApplicationError } from '@rocicorp/zero';
import { readClaim } from '../rules/read-claim.ts';
import type { AccessRules, Claims } from '../model/rule.ts';

/** What a mutator's context has on the server, beside what the application puts there. */
export interface ServerContext<T = unknown> {
  /** The subject of the token. */
  readonly sub: string | undefined;
  /** From the token, as the access rules read them; never from the database. */
  readonly roles: readonly string[];
  /** The whole token. */
  readonly claims: Claims;
  /**
   * Runs something once the transaction has committed: a mail, a message to a queue.
   * Never after a rollback. Its errors go to `onError`.
   */
  after(effect: () => unknown): void;
  /**
   * Answers the client with this error and commits what the mutator has written; the
   * client undoes its own half. An error that is thrown rolls back instead.
   */
  refuse(error: ApplicationError): void;
  /** Runs something with the driver's own transaction, past all access rules. */
  asServer<R>(run: (transaction: T) => Promise<R>): Promise<R>;
}

/** Who the claims are, in the words of the access rules. */
export function principalOf(
  rules: AccessRules,
  claims: Claims,
): Pick<ServerContext, 'sub' | 'roles'> {
  const read = (name: string): unknown => {
    const declaration = rules.claims[name];
    return declaration && readClaim(declaration, claims);
  };
  const [sub, roles] = [read('sub'), read('roles')];
  return {
    sub: typeof sub === 'string' ? sub : undefined,
    roles: Array.isArray(roles) ? roles : [],
  };
}

import type { ApplicationError } from '@rocicorp/zero';
import { readClaim } from '../model/read-claim.ts';
import type { AccessRules, Claims } from '../model/rule.ts';

/** The server's part of a mutator's context, in addition to the application's. */
export interface ServerContext<T = unknown> {
  /** The subject of the token. */
  readonly sub: string | undefined;
  /** From the token, at the path that the access rules declare; never from the database. */
  readonly roles: readonly string[];
  /** All claims of the token. */
  readonly claims: Claims;
  /**
   * Runs a callback once the transaction has committed, for example to send a mail or a
   * queue message. It never runs after a rollback. Its errors go to `onError`.
   */
  after(effect: () => unknown): void;
  /**
   * Answers the client with this error and commits the writes of the mutator; the client
   * reverts its optimistic writes. A thrown error rolls back instead.
   */
  refuse(error: ApplicationError): void;
  /** Runs a callback with the driver's own transaction, bypassing all access rules. */
  asServer<R>(run: (transaction: T) => Promise<R>): Promise<R>;
}

/** The subject and roles in the claims, as the access rules declare them. */
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

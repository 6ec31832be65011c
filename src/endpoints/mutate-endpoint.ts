import {
  isMutator,
  type ReadonlyJSONValue,
  type Schema,
  type ServerTransaction,
} from '@rocicorp/zero';
import {
  ApplicationError,
  CRUDMutatorFactory,
  handleMutateRequest,
  type MutateResponse,
} from '@rocicorp/zero/server';
import type { Claims } from '../model/rule.ts';
import { guard } from '../guard/guard.ts';
import { clampClocks, CLOCKS } from './clamp-clocks.ts';
import { findNamed } from './find-named.ts';
import { userIdOf } from './query-endpoint.ts';
import { refusal } from './refusal.ts';
import { principalOf, type ServerContext } from './server-context.ts';
import type { ServerOptions } from './server-options.ts';
import { switchRoles } from './switch-roles.ts';
import { steadyDatabase } from './steady-database.ts';

type Effect = () => unknown;
type MutationResponse = Extract<
  MutateResponse,
  { readonly kind: 'MutateResponse' }
>['mutations'][number];
/** Zero types a transaction by its schema; a mutator found by name accepts any schema. */
type AnyServerTransaction = ServerTransaction<Schema>;

/** The result of a request, and the effects to run after the commit. */
export interface Mutated {
  readonly response: MutateResponse;
  readonly effects: readonly Effect[];
}

/** Creates a function that runs the mutations of a request, each in its own transaction. */
export function mutationRunner<S extends Schema, T>(
  options: ServerOptions<S, T>,
): (request: Request, body: unknown, claims: Claims | undefined) => Promise<Mutated> {
  const { mutators, database, onError } = options;
  const factory = new CRUDMutatorFactory(options.schema);
  return async (request, body, claims) => {
    const effects: Effect[] = [];
    const toClientError = (error: unknown): ApplicationError => {
      const { clientError, unexpected } = refusal(error);
      if (unexpected) onError?.(error);
      return clientError;
    };
    const steady = steadyDatabase(database, (error) => {
      // The mutator has already succeeded and cannot report the error, so it is always
      // logged.
      onError?.(error);
      return refusal(error).clientError;
    });
    let refused: ApplicationError | undefined;
    const keepingRefusals: typeof steady = {
      ...steady,
      transaction: (callback, input) =>
        steady.transaction(async (tx, hooks) => {
          refused = undefined;
          const answer = await callback(tx, hooks);
          if (refused && input) {
            const { clientID, mutationID } = input;
            await hooks.writeMutationResult(refusedAnswer({ clientID, id: mutationID }, refused));
          }
          return answer;
        }, input),
    };
    const response = await handleMutateRequest({
      dbProvider: keepingRefusals,
      query: new URL(request.url).searchParams,
      // Zero reports a malformed body itself.
      body: (body ?? null) as ReadonlyJSONValue,
      userID: userIdOf(claims),
      logLevel: 'error',
      async handler(transact, mutation) {
        const mutator = findNamed(mutators, mutation.name, isMutator);
        if (!mutator) {
          throw new ApplicationError(`there is no mutator ${JSON.stringify(mutation.name)}.`, {
            details: { code: 'sync/unknown-mutator' },
          });
        }
        let own: Effect[] = [];
        const answer = await transact(async (tx, _, args) => {
          own = [];
          try {
            const refuse = (error: ApplicationError): void => void (refused = error);
            const { guarded, ctx, assertNoFailure, resetRole } = await enter(
              tx,
              claims ?? {},
              own,
              refuse,
            );
            await mutator.fn({ tx: guarded as unknown as AnyServerTransaction, args, ctx });
            await assertNoFailure();
            if (refused) await resetRole();
          } catch (error) {
            throw steady.isTransient(error) ? error : toClientError(error);
          }
        });
        if ('error' in answer.result) return answer;
        effects.push(...own);
        return refused ? refusedAnswer(answer.id, refused) : answer;
      },
    });
    return { response, effects };
  };

  /** The transaction with the principal's role and rules. */
  async function enter(
    tx: ServerTransaction<S, T>,
    claims: Claims,
    effects: Effect[],
    refuse: (error: ApplicationError) => void,
  ): Promise<{
    readonly guarded: ServerTransaction<S, T>;
    readonly ctx: object;
    assertNoFailure(): Promise<void>;
    resetRole(): Promise<void>;
  }> {
    const { schema, rules, role = 'app_user', clocks = CLOCKS, context } = options;
    const switched = switchRoles(tx.dbTransaction, role, claims);
    const { asRole, asLogin } = switched;
    const own = await factory.createTransaction(asRole, tx.clientID, tx.mutationID);
    const now = await switched.enter();
    const inTime: ServerTransaction<S, T> = {
      location: own.location,
      reason: own.reason,
      clientID: own.clientID,
      mutationID: own.mutationID,
      mutate: clampClocks(own.mutate, schema, clocks, now),
      run: (query, runOptions) => own.run(query, runOptions),
      query: own.query,
      dbTransaction: asRole,
    };
    const principal = principalOf(rules, claims);
    const server: ServerContext<T> = {
      ...principal,
      claims,
      after: (effect) => void effects.push(effect),
      refuse,
      asServer: (run) => switched.runExclusively(run),
    };
    return {
      guarded: guard(inTime, rules, claims, {
        schema,
        ...(role === false ? {} : { allRows: asLogin }),
      }),
      ctx: { ...context?.(claims), ...server },
      assertNoFailure: switched.assertNoFailure,
      resetRole: switched.resetRole,
    };
  }
}

/** The answer that Zero gives for a failed mutator. */
const refusedAnswer = (id: MutationResponse['id'], error: ApplicationError): MutationResponse => ({
  id,
  result: {
    error: 'app',
    message: error.message,
    ...(error.details === undefined ? {} : { details: error.details as ReadonlyJSONValue }),
  },
});

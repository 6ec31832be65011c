import { isMutator, type Schema, type ServerTransaction } from '@rocicorp/zero';
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
/** Zero types a transaction by its schema; a mutator found by its name is of any. */
type AnyServerTransaction = ServerTransaction<Schema>;

/** What a request came to, and what is to be done now that it is committed. */
export interface Mutated {
  readonly response: MutateResponse;
  readonly effects: readonly Effect[];
}

/** Makes a function that runs the mutations of a request, each in its own transaction. */
export function mutationRunner<S extends Schema, T>(
  options: ServerOptions<S, T>,
): (request: Request, claims: Claims | undefined) => Promise<Mutated> {
  const { mutators, database, onError } = options;
  const factory = new CRUDMutatorFactory(options.schema);
  return async (request, claims) => {
    const effects: Effect[] = [];
    const told = (error: unknown): ApplicationError => {
      const { told, unexpected } = refusal(error);
      if (unexpected) onError?.(error);
      return told;
    };
    const steady = steadyDatabase(database);
    const response = await handleMutateRequest({
      dbProvider: steady,
      request,
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
            const { guarded, ctx, settle } = await enter(tx, claims ?? {}, own);
            await mutator.fn({ tx: guarded as unknown as AnyServerTransaction, args, ctx });
            await settle();
          } catch (error) {
            throw steady.isPassing(error) ? error : told(error);
          }
        });
        if (!('error' in answer.result)) effects.push(...own);
        return answer;
      },
    });
    return { response, effects };
  };

  /** The transaction as the principal has it. */
  async function enter(
    tx: ServerTransaction<S, T>,
    claims: Claims,
    effects: Effect[],
  ): Promise<{
    readonly guarded: ServerTransaction<S, T>;
    readonly ctx: object;
    settle(): Promise<void>;
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
      asServer: (run) => switched.alone(run),
    };
    return {
      guarded: guard(inTime, rules, claims, {
        schema,
        ...(role === false ? {} : { allRows: asLogin }),
      }),
      ctx: { ...context?.(claims), ...server },
      settle: switched.settle,
    };
  }
}

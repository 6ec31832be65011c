import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { AnyDatabase } from '../postgres/any-database.ts';
import type { NarrowingOf } from '../zod/index.ts';
import { applicationRole } from './application-role.ts';
import { outerTransaction, ownTransaction, savepoints, type Runner } from './principal-runner.ts';
import type { ServiceFailure } from '../report/service-failure.ts';
import { ServiceError } from './service-error.ts';
import { serviceError } from './to-service-error.ts';
import type { TableService } from './service-types.ts';
import { tableInfo } from './table-info.ts';
import { tableService, type Attempt } from './table-service.ts';
import type { ServedTable, Validators } from './write-rows.ts';

type Claims = Readonly<Record<string, unknown>>;
type Defaults = Readonly<Record<string, () => unknown>>;

/** The service of each table, by its export name. */
export type TableServices<Exports, Filled extends PropertyKey = never> = {
  readonly [
    Name in keyof Exports as Exports[Name] extends PgTable ? Name : never
  ]: Exports[Name] extends PgTable ? TableService<Exports[Name], Filled> : never;
};

export interface ServicesOptions<Exports, D extends Defaults = {}> {
  /** Its login role is a member of the application's role. */
  readonly db: AnyDatabase;
  /**
   * The database role of the application, which row-level security applies to. Default: the role
   * of `defineAccess()`, and `app_user` for tables without rules. `false` keeps the login role,
   * for tables without policies.
   */
  readonly role?: string | false;
  /**
   * Values for columns that a new row does not have, in every table with such a column:
   * `{ id: newId, createdAt: () => new Date() }`.
   */
  readonly defaults?: D;
  /** Zod schemas that narrow single columns, as for `schemasOf()`. */
  readonly narrow?: NarrowingOf<Exports>;
  /** Milliseconds that an operation waits for a connection of the pool. Default: 10,000. */
  readonly patience?: number;
  /** Called with every denial, after its transaction, for example to record a security event. */
  readonly onDenied?: (
    failure: Extract<ServiceFailure, { readonly code: 'denied' }>,
    claims: Claims,
  ) => void;
}

/** The services of one principal. */
export type PrincipalServices<Exports, Filled extends PropertyKey = never> = TableServices<
  Exports,
  Filled
> & {
  /**
   * The same services inside a transaction. Each operation is a savepoint that runs as the
   * principal; the transaction keeps its own role and claims.
   */
  in(tx: AnyDatabase): TableServices<Exports, Filled>;
  /**
   * Several operations in one transaction: all or none. `tx` is for further queries as the
   * principal.
   */
  transaction<Result>(
    run: (services: TableServices<Exports, Filled>, tx: AnyDatabase) => Promise<Result>,
  ): Promise<Result>;
};

export interface Services<Exports, Filled extends PropertyKey = never> {
  /**
   * The services of a principal. `claims` are the verified payload of the token; empty for a
   * principal who is not signed in.
   */
  as(claims: Claims): PrincipalServices<Exports, Filled>;
}

/**
 * Services for every table of a schema: get, list, create, update, remove, and each for many
 * rows. An operation validates its input, and runs in one transaction as the application's role
 * with the principal's claims, so that row-level security decides. It throws a
 * {@link ServiceError} if it cannot do what it was asked.
 *
 * @example
 * import * as tables from './schema.ts';
 *
 * const services = createServices(tables, { db });
 * const mine = services.as({ sub: '0197a3c5-0000-7000-8000-000000000001' });
 * const { rows } = await mine.tags.list({ where: { color: null }, limit: 10 });
 * for (const tag of rows) await mine.tags.update(tag.id, { color: '#ff0000' });
 */
export function createServices<const Exports extends object, const D extends Defaults = {}>(
  schema: Exports,
  options: ServicesOptions<Exports, D>,
): Services<Exports, keyof D> {
  const { db, patience = 10_000 } = options;
  const served = servedTables(schema, options);
  const roleOf = options.role === undefined ? applicationRole(schema) : () => options.role ?? false;
  const servicesOn = (runner: Runner, claims: Claims): TableServices<Exports, keyof D> => {
    const attempt = attemptOn(runner, (failure) => options.onDenied?.(failure, claims));
    const tables = Object.entries(served).map(([name, table]) => [
      name,
      tableService(table, attempt),
    ]);
    // The interface TableService has the types of each table; the code is the same for all.
    return Object.fromEntries(tables) as TableServices<Exports, keyof D>;
  };
  return {
    as(claims) {
      const principal = { role: roleOf(claims), claims };
      const own = ownTransaction(db, principal, patience);
      return {
        ...servicesOn(own, claims),
        in: (tx) => servicesOn(outerTransaction(tx, principal), claims),
        transaction: (run) =>
          own((tx) => run(servicesOn(savepoints(tx), claims), tx)).catch((error: unknown) => {
            throw atCommit(error);
          }),
      };
    },
  };
}

function servedTables<Exports extends object>(
  schema: Exports,
  { defaults = {}, narrow }: Pick<ServicesOptions<Exports, Defaults>, 'defaults' | 'narrow'>,
): Readonly<Record<string, ServedTable>> {
  let loaded: Promise<Record<string, Validators>> | undefined;
  // Loaded with the first operation, because importing it fails with an old Zod.
  const load = async (): Promise<Record<string, Validators>> => {
    const { schemasOf } = await import('../zod/index.ts');
    return schemasOf(schema, narrow) as unknown as Record<string, Validators>;
  };
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, table]: [string, unknown]) => {
      const validators = async (): Promise<Validators> => (await (loaded ??= load()))[name]!;
      return is(table, PgTable) ? [[name, { info: tableInfo(table), validators, defaults }]] : [];
    }),
  );
}

const attemptOn =
  (
    runner: Runner,
    denied: (failure: Extract<ServiceFailure, { readonly code: 'denied' }>) => void,
  ): Attempt =>
  async (attempted, work) => {
    try {
      return await runner(work);
    } catch (error) {
      const refused = serviceError(error, attempted);
      if (refused instanceof ServiceError && refused.failure.code === 'denied') {
        denied(refused.failure);
      }
      throw refused;
    }
  };

/** A deferred constraint fails at COMMIT, after the operation. */
function atCommit(error: unknown): unknown {
  const refused = serviceError(error, { table: 'the transaction', operation: 'update' });
  const isConflict = refused instanceof ServiceError && refused.failure.code === 'conflict';
  return isConflict ? refused : error;
}

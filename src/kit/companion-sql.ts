import type { CompanionStatement } from '../model/companion-statement.ts';

/** Custom SQL that belongs to the tables. */
export interface CompanionSql {
  readonly kind: 'companion-sql';
  readonly statements: readonly CompanionStatement[];
}

/**
 * Declares functions, triggers and settings that belong to the tables. Export it
 * from the schema: `garden generate` writes changed statements into a migration, in
 * this order, and drops removed ones.
 *
 * @example
 * export const vacuumOften = companionSql({
 *   key: 'settings of public.events',
 *   create: 'alter table public.events set (autovacuum_vacuum_scale_factor = 0.01);',
 *   drop: 'alter table public.events reset (autovacuum_vacuum_scale_factor);',
 *   on: '"public"."events"',
 * });
 */
export function companionSql(...statements: readonly CompanionStatement[]): CompanionSql {
  return Object.freeze({ kind: 'companion-sql', statements });
}

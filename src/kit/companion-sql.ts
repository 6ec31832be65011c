/** A thing in the database that neither Drizzle nor this kit has a word for. */
export interface CompanionStatement {
  /** Unique, and the same for the same thing: `function queue.claim(text)`. */
  readonly key: string;
  /** Makes it, or makes it anew: the statement may run again. */
  readonly create: string;
  /** Removes it where it stands; left out where nothing is to be done. */
  readonly drop?: string;
  /** The table that it stands on, quoted and with its schema. When that goes, there is nothing to drop. */
  readonly on?: string;
}

/** SQL of one's own that belongs to the tables. */
export interface CompanionSql {
  readonly kind: 'companion-sql';
  readonly statements: readonly CompanionStatement[];
}

/**
 * Declares functions, triggers and settings that belong to the tables. Export it
 * beside them: `garden generate` writes what changed into a migration, in this
 * order, and drops what is no longer here.
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

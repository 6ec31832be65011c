import type { Access } from '../../../model/access.ts';
import type { Schema } from '../../../model/schema.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { testDatabase } from '../../test-database.ts';
import type { AccessComparison } from '../access-comparison.ts';
import { findDisagreement } from '../compare-access.ts';
import { showDisagreement } from '../show-disagreement.ts';
import { databaseDrift, enforcedRules, migrationDrift, type AccessDrift } from './access-drift.ts';
import { supabaseStart } from './supabase-start.ts';

export interface ProveOptions {
  /** The migrations folder. */
  readonly migrations: string;
  readonly schema: Schema & { readonly access: Access };
  readonly seed?: number | undefined;
  readonly questions?: number | undefined;
  readonly milliseconds?: number | undefined;
  readonly onProgress: (progress: { readonly questions: number }) => void;
  /** Calls back with a database whose policies are compared too; absent if there is none. */
  readonly withDatabase?:
    | (<Result>(use: (db: AnyDatabase) => Promise<Result>) => Promise<Result>)
    | undefined;
}

/** The result of a proof. */
export interface RulesProof {
  /** Absent if the migrations are not those of the rules: then nothing is compared. */
  readonly comparison?: AccessComparison;
  /** The smallest disagreement, as text. */
  readonly disagreement?: string;
  /** The objects that the migrations create otherwise than the rules require. */
  readonly migrationDrift: readonly AccessDrift[];
  /** The objects of the other database that differ from the rules; absent without one. */
  readonly databaseDrift?: readonly AccessDrift[];
}

/** The number of questions without another limit. */
const QUESTIONS = 5_000;

/**
 * Applies the migrations to an embedded Postgres, and compares what enforces the rules there
 * with their meaning. The policies of another database are compared with the rules as text.
 */
export async function proveRules(options: ProveOptions): Promise<RulesProof> {
  const { migrations, schema, seed, milliseconds, onProgress, withDatabase } = options;
  const questions = options.questions ?? (milliseconds === undefined ? QUESTIONS : undefined);
  const { access, tables } = schema;
  await using test = await testDatabase({
    folder: migrations,
    ...(access.preset === 'supabase' && (await supabaseStart(migrations))),
  });
  const { client } = test;
  const enforced = await enforcedRules(client, schema);
  const other = await withDatabase?.((db) => databaseDrift(db, schema, enforced));
  const drift = {
    migrationDrift: migrationDrift(enforced),
    ...(other && { databaseDrift: other }),
  };
  if (drift.migrationDrift.length > 0) return drift;
  const role = access.preset === 'supabase' ? undefined : access.roles.at(-1);
  const { comparison, wrong } = await findDisagreement(
    {
      client,
      rules: access.rules,
      preset: access.preset,
      onProgress,
      ...(role !== undefined && { role }),
      ...(seed !== undefined && { seed }),
      ...(questions !== undefined && { questions }),
      ...(milliseconds !== undefined && { milliseconds }),
    },
    tables.flatMap(({ id, searches = [] }) => searches.map((search) => ({ table: id, search }))),
  );
  return {
    comparison,
    ...(wrong && { disagreement: showDisagreement(wrong.world, wrong.found) }),
    ...drift,
  };
}

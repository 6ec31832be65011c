import type { CompanionObject } from './companion-object.ts';

/** What was recorded with the last migration: for each key, how it was made and how it goes. */
export type CompanionRecord = Readonly<
  Record<string, Pick<CompanionObject, 'create' | 'drop' | 'on' | 'goesFirst'>>
>;

/** The statements that lead from what was recorded to what should be. */
export interface CompanionDiff {
  /** Before drizzle-kit's migration. */
  readonly firstDrops: readonly string[];
  readonly drops: readonly string[];
  readonly creates: readonly string[];
}

/** Compares what was recorded with what should be. `existing` are the tables and columns that stand now. */
export function diffCompanion(
  recorded: CompanionRecord,
  wanted: readonly CompanionObject[],
  existing: ReadonlySet<string>,
): CompanionDiff {
  const keys = new Set(wanted.map((object) => object.key));
  const going = Object.entries(recorded)
    .filter(([key, { drop, on }]) => !keys.has(key) && drop !== '' && stands(on, existing))
    .map(([, object]) => object)
    // What was made last may stand on what was made before it.
    .toReversed();
  const dropsOf = (objects: typeof going): readonly string[] => objects.map(({ drop }) => drop);
  const creates = wanted
    .filter((object) => recorded[object.key]?.create !== object.create)
    .map((object) => object.create);
  return {
    firstDrops: dropsOf(going.filter(({ goesFirst }) => goesFirst)),
    drops: dropsOf(going.filter(({ goesFirst }) => !goesFirst)),
    creates,
  };
}

/** The record to keep beside the migration that {@link diffCompanion} made. */
export function companionRecord(wanted: readonly CompanionObject[]): CompanionRecord {
  return Object.fromEntries(wanted.map(({ key, ...object }) => [key, object]));
}

const stands = (on: string | undefined, existing: ReadonlySet<string>): boolean =>
  on === undefined || existing.has(on);

import type { CompanionObject } from './companion-object.ts';

/** What was recorded with the last migration: for each key, how it was made and how it goes. */
export type CompanionRecord = Readonly<Record<string, Omit<CompanionObject, 'key'>>>;

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
  const byKey = new Map(wanted.map((object) => [object.key, object]));
  // What was made last may stand on what was made before it.
  const before = Object.entries(recorded).toReversed();
  const going = before
    .filter(([key, { drop, on }]) => !byKey.has(key) && drop !== '' && stands(on, existing))
    .map(([, object]) => object);
  const changing = before
    .filter(([key, object]) => object.remadeAround && isOther(object, byKey.get(key)))
    .map(([, object]) => object);
  const first = new Set([...changing, ...going.filter(({ goesFirst }) => goesFirst)]);
  const dropsOf = (objects: Iterable<{ readonly drop: string }>): readonly string[] =>
    [...objects].map(({ drop }) => drop);
  return {
    firstDrops: dropsOf(first),
    drops: dropsOf(going.filter((object) => !first.has(object))),
    creates: wanted
      .filter((object) => isDue(recorded[object.key], object, existing))
      .map((object) => object.create),
  };
}

/** The record to keep beside the migration that {@link diffCompanion} made. */
export function companionRecord(wanted: readonly CompanionObject[]): CompanionRecord {
  return Object.fromEntries(wanted.map(({ key, ...object }) => [key, object]));
}

type Made = Pick<CompanionObject, 'create' | 'basis' | 'makesWayFor'>;

const isOther = (recorded: Made | undefined, wanted: Made | undefined): boolean =>
  recorded?.create !== wanted?.create || recorded?.basis !== wanted?.basis;

function isDue(recorded: Made | undefined, wanted: Made, existing: ReadonlySet<string>): boolean {
  const { makesWayFor } = wanted;
  if (makesWayFor === undefined) return isOther(recorded, wanted);
  // Before the first time nothing stands in the way.
  if (recorded === undefined) return false;
  const standing = new Set(makesWayFor.map((one) => JSON.stringify(one)));
  return (recorded.makesWayFor ?? []).some(
    (one) => existing.has(one.on) && !standing.has(JSON.stringify(one)),
  );
}

const stands = (on: string | undefined, existing: ReadonlySet<string>): boolean =>
  on === undefined || existing.has(on);

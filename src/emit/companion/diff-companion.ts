import type { CompanionObject } from './companion-object.ts';

/** The record of the last migration: how each object was created and how it is dropped. */
export type CompanionRecord = Readonly<Record<string, Omit<CompanionObject, 'key'>>>;

/** The statements that change the recorded state to the wanted state. */
export interface CompanionDiff {
  /** Run before drizzle-kit's migration. */
  readonly firstDrops: readonly string[];
  readonly drops: readonly string[];
  readonly creates: readonly string[];
}

/**
 * Compares the recorded objects with the wanted ones. `existing` are the current tables and
 * columns.
 */
export function diffCompanion(
  recorded: CompanionRecord,
  wanted: readonly CompanionObject[],
  existing: ReadonlySet<string>,
): CompanionDiff {
  const byKey = new Map(wanted.map((object) => [object.key, object]));
  // Drops in reverse order, because later objects may depend on earlier ones.
  const before = Object.entries(recorded).toReversed();
  const going = before
    .filter(([key, { drop, on }]) => !byKey.has(key) && drop !== '' && stillExists(on, existing))
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

/** The record to store with the migration that {@link diffCompanion} produced. */
export function companionRecord(wanted: readonly CompanionObject[]): CompanionRecord {
  return Object.fromEntries(wanted.map(({ key, ...object }) => [key, object]));
}

type Made = Pick<CompanionObject, 'create' | 'basis' | 'makesWayFor'>;

const isOther = (recorded: Made | undefined, wanted: Made | undefined): boolean =>
  recorded?.create !== wanted?.create || recorded?.basis !== wanted?.basis;

function isDue(recorded: Made | undefined, wanted: Made, existing: ReadonlySet<string>): boolean {
  const { makesWayFor } = wanted;
  if (makesWayFor === undefined) return isOther(recorded, wanted);
  // Before the first migration there is nothing to prepare.
  if (recorded === undefined) return false;
  const standing = new Set(makesWayFor.map((one) => JSON.stringify(one)));
  return (recorded.makesWayFor ?? []).some(
    (one) => existing.has(one.on) && !standing.has(JSON.stringify(one)),
  );
}

const stillExists = (on: string | undefined, existing: ReadonlySet<string>): boolean =>
  on === undefined || existing.has(on);

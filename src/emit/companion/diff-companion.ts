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
  const removed = before
    .filter(([key, { drop, on }]) => !byKey.has(key) && drop !== '' && stillExists(on, existing))
    .map(([, object]) => object);
  const changed = before
    .filter(
      ([key, object]) => object.dropFirst === 'when changed' && differs(object, byKey.get(key)),
    )
    .map(([, object]) => object);
  const first = new Set([
    ...changed,
    ...removed.filter(({ dropFirst }) => dropFirst === 'when removed'),
  ]);
  const dropsOf = (objects: Iterable<{ readonly drop: string }>): readonly string[] =>
    [...objects].map(({ drop }) => drop);
  return {
    firstDrops: dropsOf(first),
    drops: dropsOf(removed.filter((object) => !first.has(object))),
    creates: wanted
      .filter((object) => isDue(recorded[object.key], object, existing))
      .map((object) => object.create),
  };
}

/** The record to store with the migration that {@link diffCompanion} produced. */
export function companionRecord(wanted: readonly CompanionObject[]): CompanionRecord {
  return Object.fromEntries(wanted.map(({ key, ...object }) => [key, object]));
}

type Statement = Pick<CompanionObject, 'create' | 'inputs' | 'runsOnChangeOf'>;

const differs = (recorded: Statement | undefined, wanted: Statement | undefined): boolean =>
  recorded?.create !== wanted?.create || recorded?.inputs !== wanted?.inputs;

function isDue(
  recorded: Statement | undefined,
  wanted: Statement,
  existing: ReadonlySet<string>,
): boolean {
  const { runsOnChangeOf } = wanted;
  if (runsOnChangeOf === undefined) return differs(recorded, wanted);
  // Before the first migration there is nothing to prepare.
  if (recorded === undefined) return false;
  const unchanged = new Set(runsOnChangeOf.map((part) => JSON.stringify(part)));
  return (recorded.runsOnChangeOf ?? []).some(
    (part) => existing.has(part.table) && !unchanged.has(JSON.stringify(part)),
  );
}

const stillExists = (on: string | undefined, existing: ReadonlySet<string>): boolean =>
  on === undefined || existing.has(on);

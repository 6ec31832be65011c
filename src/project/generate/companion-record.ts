import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  companionRecord,
  diffCompanion,
  type CompanionRecord,
} from '../../emit/companion/diff-companion.ts';
import type { Companion } from '../../emit/companion/emit-companion.ts';
import { quoteName } from '../../model/quote-sql.ts';
import { schemaOf } from '../../model/table-id.ts';
import type { Project } from '../load-project.ts';
import { companionOf, type CompanionSource } from '../../emit/companion/companion-of.ts';
import { isRecord, readJson } from './read-json.ts';

/** The wanted companion SQL, and the statements that create it from the recorded state. */
export interface CompanionPlan {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Everything that runs after drizzle-kit's migration in an empty database. */
  readonly wanted: readonly string[];
  /** Records in this folder that the statements were written to migrations. */
  record(staged: Project): Promise<void>;
}

interface Recorded {
  readonly before: CompanionRecord;
  readonly after: CompanionRecord;
}

/**
 * The name starts with `_`, like drizzle-kit's journal, because drizzle-kit treats all
 * other files in this folder as snapshots.
 */
const recordFile = ({ out }: Project): string => join(out, 'meta/_companion.json');

/** Compares the definitions with the record of the last run. */
export async function planCompanion(
  project: Project,
  source: CompanionSource,
): Promise<CompanionPlan> {
  const { tables, views } = source.schema;
  const wanted = companionOf(source);
  const recorded = moveKeys(await readRecord(project), wanted);
  const existing = new Set([
    ...tables.flatMap((table) => {
      const name = quoteName(schemaOf(table), table.name);
      return [name, ...table.columns.map((column) => `${name}.${quoteName(column.name)}`)];
    }),
    ...views.map((view) => quoteName(schemaOf(view), view.name)),
  ]);
  const before = diffCompanion(recorded.before, wanted.before, existing);
  const after = diffCompanion(recorded.after, wanted.after, existing);
  return {
    before: [...after.firstDrops, ...before.firstDrops, ...before.creates],
    // Functions that policies called are dropped after drizzle-kit's migration has changed
    // the policies.
    after: [...after.drops, ...before.drops, ...after.creates],
    wanted: wanted.after.flatMap(({ create }) => create.split('--> statement-breakpoint')),
    record: (staged) => writeRecord(staged, wanted),
  };
}

async function readRecord(project: Project): Promise<Recorded> {
  const recorded = await readJson(recordFile(project), isRecorded);
  return recorded ?? { before: {}, after: {} };
}

/** Objects that are now created at another time are neither created twice nor dropped. */
function moveKeys({ before, after }: Recorded, wanted: Companion): Recorded {
  const [early, late] = [wanted.before, wanted.after].map((objects) => {
    return new Set(objects.map(({ key }) => key));
  });
  const pick = (record: CompanionRecord, isPicked: (key: string) => boolean): CompanionRecord =>
    Object.fromEntries(Object.entries(record).filter(([key]) => isPicked(key)));
  return {
    before: {
      ...pick(before, (key) => !late?.has(key)),
      ...pick(after, (key) => early?.has(key) ?? false),
    },
    // Objects that were created earlier are dropped later.
    after: {
      ...pick(before, (key) => late?.has(key) ?? false),
      ...pick(after, (key) => !early?.has(key)),
    },
  };
}

const isRecorded = (value: unknown): value is Recorded =>
  isRecord(value) && isCompanionRecord(value['before']) && isCompanionRecord(value['after']);

const isCompanionRecord = (value: unknown): value is CompanionRecord =>
  isRecord(value) &&
  Object.values(value).every(
    (object) =>
      isRecord(object) &&
      typeof object['create'] === 'string' &&
      typeof object['drop'] === 'string',
  );

async function writeRecord(project: Project, { before, after }: Companion): Promise<void> {
  const record: Recorded = { before: companionRecord(before), after: companionRecord(after) };
  const file = recordFile(project);
  const text = `${JSON.stringify(record, undefined, 2)}\n`;
  // `garden dev` watches the folder.
  const isCurrent = await readFile(file, 'utf8').then(
    (found) => found === text,
    () => false,
  );
  if (!isCurrent) await writeFile(file, text);
}

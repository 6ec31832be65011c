import process from 'node:process';
import type { Finding } from '../../report/problem.ts';
import { importDrizzleKit } from './drizzle-kit.ts';
import type { Project } from '../load-project.ts';
import { mendSequences } from './mend-sequences.ts';
import { orderForeignKeys } from './order-foreign-keys.ts';
import { damaged } from './read-json.ts';
import { renameQuestions } from './rename-questions.ts';
import { lastSnapshot, type Snapshot } from './snapshots.ts';
import { withoutExit } from './without-exit.ts';

/** Changes in the definitions that no migration contains. */
export interface Drift {
  /** The statements that drizzle-kit would write now, in an order that works; empty if it has a question first. */
  readonly statements: readonly string[];
  /**
   * Set if drizzle-kit asks whether something was renamed: the places of the possible
   * renames, as far as they are known.
   */
  readonly renames?: readonly string[];
  /** The schema of the definitions. */
  readonly wanted: Snapshot;
  /** The schema before the first migration. */
  readonly empty: Snapshot;
}

/** Runs drizzle-kit without letting it prompt. */
export async function schemaDrift(project: Project): Promise<Drift> {
  const last = await lastSnapshot(project);
  const api = await importDrizzleKit(project);
  const { casing } = project.settings;
  // The cast is needed because drizzle-kit's snapshot type has no index signature.
  const snapshotOf = (exports: Record<string, unknown>): Snapshot =>
    withoutExit(project.configFile, () =>
      api.generateDrizzleJson(exports, undefined, undefined, casing),
    ) as unknown as Snapshot;
  const wanted = snapshotOf(project.exports);
  const empty = snapshotOf({});
  const recorded = last?.snapshot ?? empty;
  try {
    const statements = await withoutTerminal(() =>
      api.generateMigration(recorded as never, wanted as never),
    );
    const mended = mendSequences(orderForeignKeys(statements), recorded, wanted);
    return { statements: mended, wanted, empty };
  } catch (error) {
    if (isQuestion(error)) {
      return { statements: [], renames: renameQuestions(recorded, wanted), wanted, empty };
    }
    // The wanted snapshot is new, so the recorded one must be invalid.
    if (last !== undefined && error instanceof Error && error.name === 'ZodError') {
      const { version } = last.snapshot;
      throw Number(version) < Number(wanted.version)
        ? damaged(
            last.file,
            `it has version ${version} of the format, from an older drizzle-kit.`,
            'run `npx drizzle-kit up`, which upgrades the snapshots.',
          )
        : damaged(last.file, 'it is not a snapshot that this drizzle-kit supports.');
    }
    throw error;
  }
}

const isQuestion = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Interactive prompts require a TTY');

/** The problem that a change may be a rename, and there is no terminal to ask the user. */
export const renameProblem = ({ configFile }: Project, renames: readonly string[]): Finding => ({
  severity: 'error',
  code: 'generate/rename',
  message:
    'drizzle-kit needs to know whether an object was renamed, or one was removed and another added. No migration was written.',
  places: [{ file: configFile }],
  context: renames,
  fix: 'run `garden generate` on a terminal, without --json, and answer the question; or remove the old object, generate, and then add the new one.',
});

/** drizzle-kit prompts in this process if it finds a terminal; the answers would be lost. */
async function withoutTerminal<Result>(work: () => Promise<Result>): Promise<Result> {
  const { stdin } = process;
  const own = Object.getOwnPropertyDescriptor(stdin, 'isTTY');
  // drizzle-kit prints its errors with a stack trace before it throws them.
  const { error } = console;
  const quiet = (...words: readonly unknown[]): void => {
    if (!words.some(isQuestion)) error(...words);
  };
  Object.assign(console, { error: quiet });
  Object.defineProperty(stdin, 'isTTY', { value: false, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    Object.assign(console, { error });
    if (own) Object.defineProperty(stdin, 'isTTY', own);
    else Reflect.deleteProperty(stdin, 'isTTY');
  }
}

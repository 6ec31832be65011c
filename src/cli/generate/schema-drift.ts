import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../../problem.ts';
import { resolveDrizzleKit } from './drizzle-kit.ts';
import type { Project } from './load-project.ts';
import { damaged, isRecord, readJson } from './read-json.ts';
import { renameQuestions } from './rename-questions.ts';

type Api = typeof import('drizzle-kit/api');

/** What the definitions say and no migration does. */
export interface Drift {
  /** The statements that drizzle-kit would write now; none where it has to ask first. */
  readonly statements: readonly string[];
  /** Set where drizzle-kit asks whether something was renamed; each entry is a place, as far as known. */
  readonly renames?: readonly string[];
}

/** Asks drizzle-kit, without letting it ask anybody. */
export async function schemaDrift(project: Project): Promise<Drift> {
  const api = (await import(
    pathToFileURL(resolveDrizzleKit(project, 'drizzle-kit/api')).href
  )) as Api;
  const { casing } = project.settings;
  const wanted = api.generateDrizzleJson(project.exports, undefined, undefined, casing);
  const file = await lastSnapshot(project);
  const recorded =
    file === undefined ? api.generateDrizzleJson({}) : await readJson(file, isRecord);
  try {
    const statements = await withoutTerminal(() =>
      api.generateMigration(recorded as typeof wanted, wanted),
    );
    return { statements };
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Interactive prompts require a TTY')) {
      return { statements: [], renames: renameQuestions(recorded, wanted) };
    }
    // Our own side is fresh: what it cannot read is the recorded one.
    if (file !== undefined && error instanceof Error && error.name === 'ZodError') {
      throw damaged(
        file,
        'it is no snapshot that this drizzle-kit knows; `drizzle-kit up` may help.',
      );
    }
    throw error;
  }
}

/** The problem of a rename where nobody can be asked. */
export function renameProblem({ configFile }: Project, renames: readonly string[]): ProblemError {
  return new ProblemError({
    code: 'generate/rename',
    message:
      'drizzle-kit has to ask whether something was renamed, or one thing removed and another added. Nothing was written.',
    at: [configFile, ...renames],
    fix: 'run `garden generate` on a terminal, without --json, and answer it; or remove first, generate, and then add.',
  });
}

async function lastSnapshot({ out }: Project): Promise<string | undefined> {
  const meta = join(out, 'meta');
  const name = (await readdir(meta).catch(() => []))
    .filter((one) => one.endsWith('_snapshot.json'))
    .sort()
    .at(-1);
  return name === undefined ? undefined : join(meta, name);
}

/** drizzle-kit asks in this very process if it finds a terminal; the answers would be lost. */
async function withoutTerminal<Result>(work: () => Promise<Result>): Promise<Result> {
  const { stdin } = process;
  const own = Object.getOwnPropertyDescriptor(stdin, 'isTTY');
  Object.defineProperty(stdin, 'isTTY', { value: false, configurable: true, writable: true });
  try {
    return await work();
  } finally {
    if (own) Object.defineProperty(stdin, 'isTTY', own);
    else Reflect.deleteProperty(stdin, 'isTTY');
  }
}

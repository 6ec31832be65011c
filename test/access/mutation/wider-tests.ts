import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { mutationText, type Mutation } from './mutate-source.ts';
import { ROOT } from './patch-source.ts';

/** The tests of the code that decides about access, beside the comparison of random worlds. */
const TESTS = [
  'src/guard',
  'src/rules',
  'src/emit/companion',
  'src/model/read-claim',
  'src/cli/rules',
  'src/cli/commands/generate-rules',
  'src/project/generate',
  'test/access',
  'test/garden/schema',
  'test/generate/companion-steps',
  'test/kit',
  'test/sync/mutate-endpoint',
  'test/sync/query-endpoint',
];
/** The first ones compare random worlds too, or test their own mutants. */
const OTHERS = [
  'test/access/agreement.pglite.test.ts',
  'test/access/mutants.pglite.test.ts',
  'test/access/query-mutants.pglite.test.ts',
  'test/access/mutation/**',
  'test/access/diff/**',
  'src/cli/rules/diff/**',
  'src/**/*.e2e.test.ts',
  'test/kit/*.e2e.test.ts',
];

const MINUTE = 60_000;

/** What one test file needs, and the mutations whose code it runs. */
export interface TestFile {
  readonly file: string;
  readonly milliseconds: number;
  readonly reached: ReadonlySet<number>;
}

/** Runs all tests once without a mutant, each file with modules of its own, and records what it reaches. */
export async function recordTests(): Promise<readonly TestFile[]> {
  const folder = mkdtempSync(join(tmpdir(), 'reached-'));
  try {
    const { output } = runVitest(TESTS, { REACHED: folder }, ['--isolate'], 20 * MINUTE);
    const failed = /^ FAIL .*$/m.exec(output)?.[0];
    if (failed !== undefined) throw new Error(`without a mutant:${failed}`);
    // Processes that tests started end after them.
    await sleep(3_000);
    const all = readdirSync(folder).map(
      (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded | ByChild,
    );
    const children = all.filter((one) => 'parent' in one);
    return all
      .filter((one) => 'file' in one)
      .map(({ file, milliseconds, reached, process: own }): TestFile => {
        const others = children.filter(({ parent }) => parent === own);
        const ids = [...reached, ...others.flatMap((child) => child.reached)];
        return { file, milliseconds, reached: new Set(ids) };
      })
      .sort((a, b) => a.milliseconds - b.milliseconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Recorded extends Omit<TestFile, 'reached'> {
  readonly reached: readonly number[];
  readonly process: number;
}

/** What a process that a test started has reached. */
interface ByChild {
  readonly parent: number;
  readonly reached: readonly number[];
}

/** The first test that fails with the mutant; `undefined` if none does. The cheap files run first. */
export function killingTest(mutation: Mutation, tests: readonly TestFile[]): string | undefined {
  const reaching = tests.filter(({ reached }) => reached.has(mutation.id));
  const cheap = reaching.filter(({ milliseconds }) => milliseconds < 1_500);
  for (const files of [cheap, reaching.filter((file) => !cheap.includes(file))]) {
    if (files.length === 0) continue;
    const names = files.map(({ file }) => file);
    const env = { RANDOM_MUTANT: mutationText(mutation) };
    const { output, ended } = runVitest(names, env, ['--bail=1'], 5 * MINUTE);
    const failed = /^ FAIL (?:\|[^|]*\|)? *(.*)$/m.exec(output)?.[1];
    if (failed !== undefined) return failed.trim();
    if (!ended) return `${names.join(', ')}: it does not end`;
  }
  return undefined;
}

function runVitest(
  tests: readonly string[],
  env: Readonly<Record<string, string>>,
  more: readonly string[],
  timeout: number,
): { readonly output: string; readonly ended: boolean } {
  const { stdout, stderr, signal } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...tests,
      ...['--config', join(import.meta.dirname, 'vitest.config.ts')],
      '--typecheck.enabled=false',
      ...OTHERS.flatMap((pattern) => ['--exclude', pattern]),
      ...more,
    ],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        ...env,
        NO_COLOR: '1',
        // For the processes that tests start.
        NODE_OPTIONS: `--import ${join(import.meta.dirname, 'mutation-hooks.ts')}`,
      },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      timeout,
    },
  );
  return { output: stdout + stderr, ended: signal === null };
}

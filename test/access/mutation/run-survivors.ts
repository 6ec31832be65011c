import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { mutatedFiles } from './mutated-files.ts';
import { mutationText } from './mutate-source.ts';
import { ROOT } from './patch-source.ts';

/**
 * `node run-survivors.ts FILE`: runs the tests of the mutated file for each mutant that the
 * comparison did not notice. FILE is the output of `npm run mutants:random`.
 */
const GUARD = [
  'src/guard',
  'src/model/read-claim',
  'test/access/guard-',
  'test/access/other-writes',
  'test/sync/mutate-endpoint',
  'test/sync/query-endpoint',
];
const RULES = [
  'src/rules',
  'src/emit/companion',
  'src/cli/rules/run-rules.test.ts',
  'test/access/definer',
  'test/access/claim-sql',
  'test/access/supabase',
  'test/access/simplify-rule',
];

const output = readFileSync(process.argv[2] as string, 'utf8').split('\n');
const mutations = [...mutatedFiles().values()].flatMap((one) => one.mutations);
const config = join(import.meta.dirname, 'vitest.config.ts');

for (const line of output.filter((one) => one.endsWith(': SURVIVED'))) {
  const mutation = mutations.find((one) => line.includes(` ${mutationText(one)}: `));
  if (!mutation) continue;
  const run = (tests: readonly string[], ...more: readonly string[]): boolean => {
    const args = ['vitest', 'run', ...tests, '--config', config, '--typecheck.enabled=false'];
    const { stdout, stderr } = spawnSync('npx', [...args, '--bail=1', ...more], {
      cwd: ROOT,
      env: { ...process.env, RANDOM_MUTANT: mutationText(mutation), NO_COLOR: '1' },
      encoding: 'utf8',
    });
    return /^ FAIL .*? > /m.test(stdout + stderr);
  };
  const tests = /guard|read-claim/.test(mutation.file) ? GUARD : RULES;
  const units = tests.filter((test) => test.startsWith('src/'));
  const killed = run(units, '--exclude', '**/*.pglite.test.ts') || run(tests);
  process.stdout.write(`${mutationText(mutation)}: ${killed ? 'killed by a test' : 'SURVIVED'}\n`);
}

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { mutatedFiles } from './mutated-files.ts';
import { ROOT } from './patch-source.ts';

/**
 * `node run-survivors.ts FILE`: runs the tests of the mutated file for each mutant that the
 * comparison did not notice. FILE holds their ids, one a line.
 */
const GUARD = [
  'src/guard',
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
  'test/access/migrated-rules',
  'test/access/supabase',
  'test/access/simplify-rule',
];

const mutations = [...mutatedFiles().values()].flatMap((one) => one.mutations);
const ids = readFileSync(process.argv[2] as string, 'utf8')
  .split('\n')
  .filter(Boolean)
  .map(Number);
const config = join(import.meta.dirname, 'vitest.config.ts');

for (const id of ids) {
  const mutation = mutations.find((one) => one.id === id);
  if (!mutation) continue;
  const { file, line, kind, text } = mutation;
  const run = (tests: readonly string[], ...more: readonly string[]): boolean => {
    const args = [
      'vitest',
      'run',
      ...tests,
      '--config',
      config,
      '--typecheck.enabled=false',
      '--bail=1',
    ];
    const env = { ...process.env, RANDOM_MUTANT: String(id) };
    return spawnSync('npx', [...args, ...more], { cwd: ROOT, env, stdio: 'ignore' }).status !== 0;
  };
  const tests = /guard|read-claim/.test(file) ? GUARD : RULES;
  const killed =
    run(
      tests.filter((test) => test.startsWith('src/')),
      '--exclude',
      '**/*.pglite.test.ts',
    ) || run(tests);
  process.stdout.write(
    `${id} ${file}:${line} ${kind} [${text}]: ${killed ? 'killed by a test' : 'SURVIVED'}\n`,
  );
}

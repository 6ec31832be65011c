import { fork, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { DirectedMutant } from './directed-mutant.ts';
import { directedMutants } from './directed-mutants.ts';
import { ROOT } from './patch-source.ts';

/**
 * `npm run mutants`: tries every directed mutant, and prints what notices it. Exits with 1 if
 * one is not noticed as the table says.
 */
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const isTest = ({ by }: DirectedMutant): boolean => by.endsWith('.test.ts');
const wanted = [...directedMutants.entries()].filter(([, { name, file, by }]) =>
  `${file} ${name} ${by}`.includes(values.only),
);
let missed = 0;

function report({ name, file, by }: DirectedMutant, noticed: string | undefined): void {
  if (noticed === undefined) missed += 1;
  const result = noticed === undefined ? 'NOT NOTICED' : `${by}: ${noticed}`;
  process.stdout.write(`${file.replace('src/', '').padEnd(44)} ${name.padEnd(58)} ${result}\n`);
}

async function compareAll(): Promise<void> {
  const asked = wanted.filter(([, mutant]) => !isTest(mutant)).map(([at]) => at);
  if (asked.length === 0) return;
  const child = fork(join(import.meta.dirname, 'try-directed.ts'), {
    execArgv: ['--import', join(import.meta.dirname, 'directed-hooks.ts')],
  });
  const left = new Set(asked);
  child.on('message', ({ at, noticed }: { at: number; noticed?: number | string }) => {
    left.delete(at);
    const worlds = typeof noticed === 'number' ? `in world ${noticed}` : noticed;
    report(directedMutants[at] as DirectedMutant, worlds);
  });
  child.send(asked);
  await new Promise((resolve) => child.on('exit', resolve));
  for (const at of left) report(directedMutants[at] as DirectedMutant, undefined);
}

function runTest(mutant: DirectedMutant): void {
  const config = join(import.meta.dirname, 'vitest.config.ts');
  const args = ['vitest', 'run', mutant.by, '--config', config, '--typecheck.enabled=false'];
  const { stdout, stderr } = spawnSync('npx', [...args, '--bail=1'], {
    cwd: ROOT,
    env: { ...process.env, MUTANT: `${mutant.file} ${mutant.name}`, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  // A run that fails without a failed test has not noticed anything.
  report(mutant, /^ FAIL .*? > (.*)$/m.exec(stdout + stderr)?.[1]);
}

await compareAll();
for (const [, mutant] of wanted) if (isTest(mutant)) runTest(mutant);
process.stdout.write(`${wanted.length} mutants, ${missed} not noticed\n`);
process.exitCode = missed === 0 ? 0 : 1;

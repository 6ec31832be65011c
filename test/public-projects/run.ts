// Runs the generator on whole projects: node test/public-projects/run.ts FOLDER_OR_CONFIG…
// Writes into the folder garden-trial of each project, and prints a Markdown table.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres, type PostgresServer } from '../../src/processes/postgres-server.ts';
import { loadProject } from '../../src/project/load-project.ts';
import { newSeen } from '../../src/project/seen.ts';
import { compareWithDrizzle } from './compare-with-drizzle.ts';
import { compileStrictly } from './compile-strictly.ts';
import { applyMigrations, fill } from './fill-database.ts';
import { generate, layTrial, type Generated, type Trial } from './generate-trial.ts';
import { syncOnce, type GeneratedModule } from './sync-once.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    /**
     * SQL to run before the migrations, with functions that they call but the schema does
     * not define.
     */
    before: { type: 'string' },
    'no-sync': { type: 'boolean', default: false },
    typescript: {
      type: 'string',
      default: join(import.meta.dirname, '../../node_modules/typescript'),
    },
  },
});
if (positionals.length === 0) {
  process.stderr.write(
    'usage: node test/public-projects/run.ts [--no-sync] [--typescript FOLDER] [--before FILE] FOLDER_OR_CONFIG…\n',
  );
  process.exit(2);
}

process.stdout.write(
  '| project | tables | relations | seconds zero / all | findings | result |\n| --- | --- | --- | --- | --- | --- |\n',
);
const before = values.before === undefined ? '' : await readFile(values.before, 'utf8');
let server: PostgresServer | undefined;
try {
  if (!values['no-sync']) server = await startPostgres({ settings: { wal_level: 'logical' } });
  for (const target of positionals) {
    const trial = await layTrial(target);
    const line = await tryProject(trial, server).catch((error: unknown) => [
      trial.name,
      '',
      '',
      '',
      '',
      `the trial failed: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
    ]);
    process.stdout.write(`| ${line.join(' | ').replaceAll('\n', '<br>')} |\n`);
  }
} finally {
  await server?.stop();
}

async function tryProject(trial: Trial, postgres: PostgresServer | undefined): Promise<string[]> {
  const zero = await generate(trial, 'zero');
  if (zero.problems.length > 0 || zero.exitCode > 1) {
    const what = zero.problems.map(({ code, message }) => `${code}: ${message}`).join('\n');
    return [trial.name, '', '', zero.seconds.toFixed(1), '', what || zero.stderr];
  }
  const first = await readFile(trial.zeroFile, 'utf8');
  const all = await generate(trial);
  const wrong: string[] = [];
  let rows = 'not synced';
  if ((await readFile(trial.zeroFile, 'utf8')) !== first) wrong.push('the second run differs');
  const { files, exports, settings } = await loadProject(trial.cwd, trial.config, newSeen());
  const made = (await import(pathToFileURL(trial.zeroFile).href)) as GeneratedModule;
  const { tables, columns, relations, untold } = compareWithDrizzle(
    { files, exports, casing: settings.casing },
    made.schema as never,
    zero.findings,
  );
  wrong.push(...untold.map((what) => `untold: ${what}`));
  wrong.push(...(await compileStrictly(trial, values.typescript)).map((what) => `tsc: ${what}`));
  wrong.push(...all.problems.map(({ code, message }) => `all: ${code}: ${message}`));
  if (all.exitCode > 1 && all.problems.length === 0) wrong.push(all.stderr);
  const check = await generate(trial, '--check');
  if (all.exitCode === 0 && check.exitCode !== 0) wrong.push('--check finds a difference');
  if (postgres !== undefined && all.problems.length === 0) {
    const url = await postgres.createDatabase();
    wrong.push(
      ...(await applyMigrations(url, trial.migrations, before)).map((what) => `sql: ${what}`),
    );
    const filled = await fill(url, exports).catch((error: unknown) => {
      wrong.push(`rows: ${String(error)}`);
      return 0;
    });
    rows = `${filled} filled`;
    wrong.push(...(await syncOnce(url, made)).map((what) => `zero-cache: ${what}`));
  }
  await writeFile(`${trial.folder}/findings.json`, JSON.stringify(zero.findings, undefined, 2));
  return [
    trial.name,
    `${Object.keys(made.schema.tables).length} of ${tables}, ${columns} columns, ${rows}`,
    String(relations),
    `${zero.seconds.toFixed(1)} / ${all.seconds.toFixed(1)}`,
    countCodes(zero),
    wrong.length === 0 ? 'ok' : wrong.join('\n'),
  ];
}

function countCodes({ findings }: Generated): string {
  const counts = new Map<string, number>();
  for (const { code, severity } of findings) {
    const name = severity === 'error' ? `**${code}**` : code;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([code, count]) => `${count} ${code}`).join(', ');
}

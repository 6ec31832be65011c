/**
 * Runs the migrations on every supported version of Postgres:
 * `node test/postgres-versions/run.ts`, or with versions: `… run.ts 15 18`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join } from 'node:path';
import postgres from 'postgres';
import { formatProblem } from '../../src/report/format-problem.ts';
import { ProblemError } from '../../src/report/problem.ts';
import { startPostgres } from '../../src/processes/postgres-server.ts';
import type { CheckContext } from './check.ts';
import { checks } from './checks.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const supported = [15, 16, 17, 18];
/** The version that the package installs; the others are installed here. */
const installedAbove = 18;

const asked = process.argv.slice(2).map(Number);
const majors = asked.length === 0 ? supported : supported.filter((major) => asked.includes(major));
let passed = 0;
let failed = 0;

install();
for (const major of majors) await checkVersion(major);
print(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

function install(): void {
  const missing = majors.some(
    (major) =>
      major !== installedAbove && !existsSync(join(here, 'node_modules', `postgres-${major}`)),
  );
  if (!missing) return;
  print('installing Postgres 15, 16 and 17 …');
  // On Windows, npm is a script that needs a shell.
  execFileSync('npm', ['ci'], { cwd: here, stdio: 'inherit', shell: process.platform === 'win32' });
}

async function checkVersion(major: number): Promise<void> {
  const started = performance.now();
  const failures: string[] = [];
  let version = String(major);
  try {
    await using server = await startPostgres(
      major === installedAbove ? {} : { binaries: binariesOf(major) },
    );
    version = await serverVersion(server.url);
    if (!version.startsWith(`${major}.`)) throw new Error(`the server is ${version}`);
    for (const check of checks) {
      const failure = await failureOf(check.name, () =>
        check.run({ major, server } satisfies CheckContext),
      );
      if (failure !== undefined) failures.push(failure);
    }
  } catch (error) {
    failures.push(describe('the server', error));
  }
  failed += failures.length;
  passed += Math.max(0, checks.length - failures.length);
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  print(
    `Postgres ${version}: ${failures.length === 0 ? `${checks.length} checks passed` : `${failures.length} FAILED`} (${time})`,
  );
  for (const failure of failures) print(failure.replaceAll(/^/gm, '  '));
}

/** Imported by path, because the package under test cannot resolve packages installed here. */
function binariesOf(major: number): string {
  return pathToFileURL(join(here, 'node_modules', `postgres-${major}`, 'dist', 'index.js')).href;
}

async function failureOf(name: string, run: () => Promise<void>): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return describe(name, error);
  }
}

function describe(name: string, error: unknown): string {
  if (error instanceof ProblemError) return `${name}\n${formatProblem(error.problem)}`;
  return `${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

async function serverVersion(url: string): Promise<string> {
  const sql = postgres(url, { max: 1 });
  const [row] = await sql<{ version: string }[]>`
    select split_part(current_setting('server_version'), ' ', 1) as version`;
  await sql.end();
  return row?.version ?? '?';
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

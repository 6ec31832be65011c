import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { formatProblem } from '../src/report/format-problem.ts';
import { ProblemError } from '../src/report/problem.ts';
import { createContext } from './frame/create-context.ts';
import { createProgress } from './frame/create-progress.ts';
import { describeMachine, formatMachine, isBusy } from './frame/describe-machine.ts';
import { chooseSuites, findSuites, loadSuite } from './frame/find-suites.ts';
import { installPeers } from './frame/install-peers.ts';
import { judgeSuite } from './frame/judge-suite.ts';
import { mergeReport, type SuiteResult } from './frame/merge-report.ts';
import { parseFlags, type Flags } from './frame/parse-flags.ts';
import { printHelp } from './frame/print-help.ts';
import { printTable } from './frame/print-table.ts';
import { readReport } from './frame/read-report.ts';
import type { Row } from './frame/suite.ts';

// The only file of the benchmarks that prints and sets the exit code.
const folder = import.meta.dirname;
const suitesFolder = join(folder, 'suites');
const progress = createProgress(process.stderr);
const interrupt = new AbortController();

process.exitCode = await main(process.argv.slice(2)).catch(reportFailure);
// An interrupted suite may have left a server or a timer behind.
if (interrupt.signal.aborted) process.exit();

async function main(argv: readonly string[]): Promise<number> {
  const flags = parseFlags(argv);
  const names = await findSuites(suitesFolder);
  if (flags.help) return print(printHelp(names).trimEnd());
  const chosen = chooseSuites(flags.suites, names);
  if (flags.list) return print(await listSuites(chosen));
  if (flags.report !== undefined) await readReport(flags.report);
  listenForInterrupts();
  return runAll(chosen, flags);
}

async function runAll(names: readonly string[], flags: Flags): Promise<number> {
  const machine = describeMachine();
  // With --json, stdout contains only rows.
  const say = flags.json ? console.error : console.log;
  say(formatMachine(machine));
  if (isBusy(machine)) say('The machine is busy: trust the ratios, not the absolute figures.');
  const { signal } = interrupt;
  await installPeers(folder, { signal, progress: progress.say });

  const complete: SuiteResult[] = [];
  const missed: Row[] = [];
  for (const name of names) {
    const context = createContext({
      machine,
      root: resolve(folder, '..'),
      signal,
      runs: flags.runs,
      peerSuites: flags.peerSuites,
      progress: (text) => progress.say(`${name}: ${text}`),
    });
    const result = await runOne(name, context, flags);
    signal.throwIfAborted();
    if (result.complete) complete.push(result);
    missed.push(...result.rows.filter(({ holds }) => holds === false));
  }

  if (flags.report !== undefined) {
    await writeFile(flags.report, mergeReport(await readReport(flags.report), machine, complete));
    say(`\nWritten: ${flags.report}`);
  }
  if (missed.length > 0) {
    console.error(`\nMissed: ${missed.map(({ suite, name }) => `${suite}: ${name}`).join('; ')}`);
  }
  return complete.length < names.length ? 2 : missed.length > 0 ? 1 : 0;
}

/** A failing suite keeps the rows measured so far, but is not complete. */
async function runOne(
  name: string,
  context: ReturnType<typeof createContext>,
  flags: Flags,
): Promise<SuiteResult & { readonly complete: boolean }> {
  const rows: Row[] = [];
  let summary = '';
  let failure: unknown;
  try {
    const suite = await loadSuite(suitesFolder, name);
    summary = suite.summary;
    for await (const row of judgeSuite(suite, context)) {
      rows.push(row);
      if (flags.json) console.log(JSON.stringify(row));
    }
  } catch (error) {
    failure = error ?? new Error(`${name} threw nothing`);
  }
  progress.clear();
  if (!flags.json && rows.length > 0) {
    // `hasColors` respects NO_COLOR.
    const colour = process.stdout.isTTY && process.stdout.hasColors();
    console.log(`\n${name}: ${summary}\n${printTable(rows, { colour })}`);
  }
  if (failure !== undefined && !context.signal.aborted) {
    console.error(`\n${name} did not complete.`);
    reportFailure(failure);
  }
  return { name, summary, rows, complete: failure === undefined };
}

function print(text: string): number {
  console.log(text);
  return 0;
}

async function listSuites(names: readonly string[]): Promise<string> {
  const width = Math.max(...names.map(({ length }) => length));
  const suites = await Promise.all(names.map((name) => loadSuite(suitesFolder, name)));
  return suites.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}`).join('\n');
}

/** The first Ctrl-C lets the suite clean up; the second exits immediately. */
function listenForInterrupts(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (interrupt.signal.aborted) process.exit(130);
      progress.clear();
      console.error('Stopping. Press Ctrl-C again to stop without cleaning up.');
      interrupt.abort();
    });
  }
}

function reportFailure(error: unknown): number {
  if (interrupt.signal.aborted) return 130;
  if (error instanceof ProblemError) console.error(formatProblem(error.problem));
  else console.error(error);
  return 2;
}

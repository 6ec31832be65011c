#!/usr/bin/env node
import { constants } from 'node:os';
import process from 'node:process';
import { ProblemError } from './report/problem.ts';
import { gardenApp } from './apps/garden/app.ts';
import { gatewayApp } from './apps/gateway/app.ts';
import { mcpApp } from './apps/mcp/app.ts';
import { promptcraftApp } from './apps/promptcraft/app.ts';
import { commandsOf } from './cli/commands.ts';
import type { Io, Output } from './command/io.ts';
import { loadEnvFile } from './cli/load-env-file.ts';
import { loadDrizzleQuickly } from './cli/load-drizzle-quickly.ts';
import { oldNode } from './cli/old-node.ts';
import { reportFailure } from './cli/report-failure.ts';
import { run } from './cli/run.ts';

// Kept here because `process.exit` is replaced while a schema is loaded.
const { exit } = process;
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second signal exits at once, without cleaning up.
    if (stop.signal.aborted) exit(128 + constants.signals[signal]);
    stop.abort(
      new ProblemError({
        code: 'cli/interrupted',
        message: `stopped by ${signal}.`,
        fix: 'run the command again.',
      }),
    );
  });
}

const output = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY,
  ...(stream.isTTY && { columns: stream.columns }),
});
// A closed pipe, as in `garden --help | head -1`, is not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const io: Io = {
  stdout: output(process.stdout),
  stderr: output(process.stderr),
  env: process.env,
  cwd: process.cwd(),
};
const args = process.argv.slice(2);
process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const problem = oldNode();
    if (problem !== undefined) throw problem;
    loadEnvFile(io.cwd);
  } catch (error) {
    return reportFailure(error, io, args.includes('--json'));
  }
  loadDrizzleQuickly();
  return run(args, io, {
    commands: commandsOf([gardenApp, mcpApp, gatewayApp, promptcraftApp]),
    signal: stop.signal,
  });
}

// Exits even if a driver still tries to connect, which takes two minutes if the server does not
// answer. The output is flushed first, because writes to a pipe are asynchronous on some systems.
setTimeout(() => {
  process.stdout.write('', () => process.stderr.write('', () => exit()));
}, 1000).unref();

import { gardenApp } from '../../src/apps/garden/app.ts';
import { commandsOf } from '../../src/cli/commands.ts';
import { run } from '../../src/cli/run.ts';
import { recordIo } from '../../src/command/record-io.fixture.ts';

/** Runs `garden worker --once --json` in this process. Returns its exit code and the printed documents. */
export async function runWorkerOnce(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
) {
  const io = recordIo({ env });
  const code = await run(['worker', '--once', '--json', ...args], io, {
    commands: commandsOf([gardenApp]),
  });
  const lines = io
    .out()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, lines, err: io.err() };
}

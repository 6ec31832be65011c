import { on } from 'node:events';
import process from 'node:process';
import { commandsOf } from '../commands.ts';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { run } from '../run.ts';
import type { Ask } from './project.fixture.ts';

/**
 * Runs `garden` for one test after the other, in a Node process without a test runner's
 * loader: most of a run's time is spent on loading drizzle-kit and this package. Each run
 * bundles the schema again, so that it sees the current files.
 */
for await (const [{ id, cwd, args, env }] of on(process, 'message', {
  close: ['disconnect'],
}) as AsyncIterable<[Ask]>) {
  const io = recordIo({ cwd, env });
  const code = await run(args, io, { commands: commandsOf([gardenApp]) });
  process.send?.({ id, code, out: io.out(), err: io.err() });
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ProcessContestant } from '../../frame/contest-processes.ts';

/** Output file of both generators. */
export const OUTPUT = 'zero-schema.gen.ts';

/** Our built command, run in a project folder. */
export const ours = (root: string, project: string): ProcessContestant =>
  contestant(project, [
    join(root, 'dist/main.js'),
    'generate',
    'zero',
    '--config',
    'drizzle.config.ts',
  ]);

/** The peer's command, without Prettier, which is optional according to its README. */
export const peer = (root: string, project: string): ProcessContestant =>
  contestant(project, [
    join(root, 'bench/node_modules/drizzle-zero/dist/cli/index.js'),
    'generate',
  ]);

const contestant = (project: string, args: readonly string[]): ProcessContestant => ({
  file: process.execPath,
  args,
  cwd: project,
  before: () => rmSync(join(project, OUTPUT), { force: true }),
});

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { ProcessContestant } from '../../frame/contest-processes.ts';

/** Both print to this file. */
export const OUTPUT = 'zero-schema.gen.ts';

/** Our command, built, run in a project's folder. */
export const ours = (root: string, project: string): ProcessContestant =>
  contestant(project, [
    join(root, 'dist/main.js'),
    'generate',
    'zero',
    '--config',
    'drizzle.config.ts',
  ]);

/** The peer's, without Prettier, which its README makes an option. */
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

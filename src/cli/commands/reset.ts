import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { relative } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { App } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { escapedJson } from '../../command/escape-controls.ts';
import { takeFolder } from '../../postgres/take-folder.ts';
import { ProblemError } from '../../report/problem.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';
import { dataFolder } from './status.ts';

export const resetCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'reset',
  summary: 'delete the development database of garden dev',
  description: `Deletes the data of garden dev in the current folder: the embedded Postgres, the
replica of zero-cache, and the key of the sign-in. The next start creates, migrates and
seeds a new database. Asks first, unless --yes is given. A database of your own, which
you gave to garden dev with --database-url, is never touched.`,
  options: [
    ...subjectOptions(apps),
    { name: 'yes', help: 'do not ask' },
    { ...jsonOption, help: 'print the result, or the problem, as JSON; needs --yes' },
  ],
  examples: [
    { command: 'garden reset', meaning: 'asks, and deletes' },
    { command: 'garden reset --yes && garden dev', meaning: 'start over' },
  ],
  whenInterrupted: 'Nothing was deleted.',

  async run(context) {
    const { io, flag, paint } = context;
    const subject = await chooseSubject(context, apps);
    const folder = dataFolder(io.cwd, subject.kind);
    const shown = relative(io.cwd, folder);
    const print = (deleted: boolean, text: string): number => {
      io.stdout.write(flag('json') ? `${escapedJson({ folder, deleted })}\n` : `${text}\n`);
      return 0;
    };
    if (!existsSync(folder)) return print(false, `There is no ${shown}: nothing to delete.`);
    const unlock = takeFolder(folder, 'stop garden dev first');
    try {
      if (!flag('yes') && !(await confirm(context, shown))) {
        return print(false, 'Nothing was deleted.');
      }
      const { endOrphans } = await import('../../processes/replace-orphan.ts');
      await endOrphans(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    } finally {
      unlock();
    }
    return print(true, `${paint('green', '✓')} deleted ${shown}`);
  },
});

async function confirm({ io, signal, flag }: CommandContext, shown: string): Promise<boolean> {
  if (!io.stdout.isTTY || !process.stdin.isTTY || flag('json')) {
    throw new ProblemError({
      code: 'cli/needs-yes',
      message: `garden reset would delete ${shown}, and there is no terminal to ask on.`,
      fix: 'add --yes.',
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`Delete the development database in ${shown}? [y/N] `, {
      signal,
    });
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

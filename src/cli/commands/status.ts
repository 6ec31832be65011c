import { join, relative } from 'node:path';
import type { App } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { escapedJson, escapeControls } from '../../command/escape-controls.ts';
import type { DevStatus } from '../dev/find-status.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';

/** The folder of data of `garden dev`, for an app or a project. */
export const dataFolder = (cwd: string, kind: 'app' | 'project'): string =>
  join(cwd, '.garden', kind === 'app' ? 'dev' : 'project');

export const statusCommand = (apps: readonly [App, ...App[]]): Command => ({
  name: 'status',
  summary: 'show what garden dev runs here, and pending migrations',
  description: `Shows whether garden dev runs for the project in the current folder, the address of
each part and whether it answers, and the migrations that the development database does
not have yet. Changes nothing.`,
  options: [...subjectOptions(apps), jsonOption],
  examples: [
    { command: 'garden status', meaning: 'the project in the current folder' },
    { command: 'garden status --json', meaning: 'for scripts' },
  ],

  async run(context) {
    const subject = await chooseSubject(context, apps);
    const folder = dataFolder(context.io.cwd, subject.kind);
    const migrations = subject.kind === 'app' ? subject.app.migrations : subject.migrations;
    const { findStatus } = await import('../dev/find-status.ts');
    const status = await findStatus({ folder, migrations });
    const { io } = context;
    io.stdout.write(
      context.flag('json')
        ? `${escapedJson({ folder, ...status }, 2)}\n`
        : printStatus(status, relative(io.cwd, folder), context),
    );
    return 0;
  },
});

const WIDTH = 12;

function printStatus(
  { pid, since = '', parts, hasData, pending, pendingUnknown = '' }: DevStatus,
  folder: string,
  { paint }: Pick<CommandContext, 'paint'>,
): string {
  const lines =
    pid === undefined
      ? [`${paint('yellow', '○')} garden dev does not run here.`]
      : [`${paint('green', '●')} garden dev runs as process ${pid}, since ${since}.`];
  for (const { name, url, answers } of parts) {
    const sign = answers ? paint('green', '✓') : paint('red', '✗');
    const state = answers ? '' : '  does not answer';
    lines.push(`  ${sign} ${name.padEnd(WIDTH)} ${escapeControls(url)}${state}`);
  }
  lines.push(`  data           ${hasData ? folder : 'none yet'}`);
  const known = pending === undefined ? `unknown: ${pendingUnknown}` : pending.join(', ') || 'none';
  lines.push(`  pending        ${escapeControls(known)}`);
  return `${lines.join('\n')}\n`;
}

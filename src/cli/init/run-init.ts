import { relative } from 'node:path';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson } from '../../command/escape-controls.ts';
import { readFolderState, type FolderState } from '../../project/init/folder-state.ts';
import { planInit } from '../../project/init/plan-init.ts';
import { writeProjectFiles } from '../../project/init/write-project-files.ts';
import { askChoices } from './ask-choices.ts';
import { installPackages } from './install-packages.ts';
import { printInit } from './print-init.ts';

/** Writes the missing files of a project, installs its packages and generates its files. */
export async function runInit(context: CommandContext): Promise<number> {
  const { io, flag, signal } = context;
  const state = readFolderState(io.cwd);
  const choices = await askChoices(context, state);
  const plan = planInit(state, choices);
  writeProjectFiles(plan.files);
  const written = plan.files.map(({ file }) => relative(io.cwd, file));
  const result = { kind: state.kind, written, kept: plan.kept, keptScripts: plan.keptScripts };
  if (!flag('json')) printInit(context, state, result);
  const installs = !flag('no-install');
  if (installs) {
    await installPackages(context, state.packageManager);
    signal.throwIfAborted();
    if (state.kind !== 'drizzle') await generate(context);
  }
  io.stdout.write(
    flag('json')
      ? `${escapedJson({ ...result, installed: installs }, 2)}\n`
      : nextSteps(context, { installs, ...state }),
  );
  return 0;
}

/** A separate process, because this one has cached that the packages were missing. */
async function generate({ io, flag, signal }: CommandContext): Promise<void> {
  const { runOwnCommand } = await import('./install-packages.ts');
  if (!flag('json')) io.stdout.write('\nGenerating migrations and the Zero schema\n');
  await runOwnCommand(['generate'], { cwd: io.cwd, quiet: flag('json'), signal });
}

function nextSteps(
  { paint }: CommandContext,
  {
    installs,
    packageManager,
    kind,
  }: { readonly installs: boolean } & Pick<FolderState, 'packageManager' | 'kind'>,
): string {
  const dev = `${packageManager === 'npm' ? 'npm run' : packageManager} dev`;
  const install = installs ? [] : [`${packageManager} install`];
  const steps =
    kind === 'drizzle'
      ? [
          ...install,
          'npx garden validate     mistakes in your tables, and what cannot be synced',
          'npx garden generate     the Zero schema, and the publication as a migration',
          `${dev}             Postgres, a server, zero-cache and your page`,
          'Without access rules a table is closed to everyone: docs/access.md of this package.',
          'Add .garden to your .gitignore.',
        ]
      : [...install, ...(installs ? [] : ['npx garden generate']), dev, `${packageManager} test`];
  return `\nNext:\n${steps.map((step) => `  ${paint('cyan', step)}\n`).join('')}`;
}

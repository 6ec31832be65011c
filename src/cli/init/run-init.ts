import { relative } from 'node:path';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson } from '../../command/escape-controls.ts';
import { readFolderState } from '../../project/init/folder-state.ts';
import { missingIgnores } from '../../project/init/missing-ignores.ts';
import { planInit } from '../../project/init/plan-init.ts';
import { writeProjectFiles } from '../../project/init/write-project-files.ts';
import { askChoices } from './ask-choices.ts';
import { installPackages } from './install-packages.ts';
import { nextSteps } from './next-steps.ts';
import { printInit } from './print-init.ts';

/** Writes the missing files of a project, installs its packages and generates its files. */
export async function runInit(context: CommandContext): Promise<number> {
  const { io, flag, signal } = context;
  const state = readFolderState(io.cwd);
  const choices = await askChoices(context, state);
  const plan = planInit(state, choices);
  writeProjectFiles(plan.files);
  const written = plan.files.map(({ file }) => relative(io.cwd, file));
  const { kept, keptScripts } = plan;
  const notIgnored = missingIgnores(io.cwd);
  const result = { kind: state.kind, written, kept, keptScripts, notIgnored };
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
      : nextSteps(context, { ...state, ...result, installs }),
  );
  return 0;
}

/** A separate process, because this one has cached that the packages were missing. */
async function generate({ io, flag, signal }: CommandContext): Promise<void> {
  const { runOwnCommand } = await import('./install-packages.ts');
  if (!flag('json')) io.stdout.write('\nGenerating migrations and the Zero schema\n');
  await runOwnCommand(['generate'], { cwd: io.cwd, quiet: flag('json'), signal });
}

import type { CommandContext } from '../../command/command.ts';
import type { FolderState } from '../../project/init/folder-state.ts';

interface Result {
  readonly written: readonly string[];
  readonly kept: readonly string[];
  readonly keptScripts: readonly string[];
}

const INTRODUCTION: Readonly<Record<FolderState['kind'], string>> = {
  empty: 'A new project',
  drizzle: 'A project with tables of its own, which are not changed',
  'vite-react': 'An existing project with Vite and React',
  page: 'An existing project with a page',
  node: 'An existing Node project without a page',
  other: 'An existing project',
};

/** Prints which files were written and which were kept. */
export function printInit(
  { io, paint }: CommandContext,
  { kind, folder }: FolderState,
  { written, kept, keptScripts }: Result,
): void {
  const lines = [
    `${paint('bold', INTRODUCTION[kind])} in ${folder}`,
    ...written.map((file) => `  ${paint('green', '+')} ${file}`),
    ...kept.map((file) => `  ${paint('dim', `= ${file} exists, and is kept`)}`),
    ...keptScripts.map((name) =>
      paint('yellow', `  the script "${name}" of package.json is yours, and is kept`),
    ),
    ...(written.length === 0 ? ['Nothing to write: all files exist.'] : []),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
}

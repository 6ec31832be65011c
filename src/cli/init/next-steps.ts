import type { CommandContext } from '../../command/command.ts';
import type { FolderState } from '../../project/init/folder-state.ts';

interface Done extends Pick<FolderState, 'packageManager' | 'kind'> {
  readonly installs: boolean;
  readonly keptScripts: readonly string[];
  readonly notIgnored: readonly string[];
}

/** The commands to run after `garden init`, and what it leaves to the user. */
export function nextSteps(
  { paint }: CommandContext,
  { installs, packageManager, kind, keptScripts, notIgnored }: Done,
): string {
  // A kept script does something else.
  const script = (name: string, words: string, command: string): string =>
    keptScripts.includes(name) ? command : words;
  const run = packageManager === 'npm' ? 'npm run' : packageManager;
  const dev = script('dev', `${run} dev`, 'npx garden dev');
  const install = installs ? [] : [`${packageManager} install`];
  const commands =
    kind === 'drizzle'
      ? [
          ...install,
          'npx garden validate     mistakes in your tables, and what cannot be synced',
          'npx garden generate     the Zero schema, and the publication as a migration',
          `${dev.padEnd(23)} Postgres, a server, zero-cache and your page`,
        ]
      : [
          ...install,
          ...(installs ? [] : ['npx garden generate']),
          dev,
          script('test', `${packageManager} test`, 'npx vitest run'),
        ];
  const hints = [
    ...(kind === 'drizzle'
      ? ['Without access rules a table is closed to everyone: docs/access.md of this package.']
      : []),
    ...(kind === 'vite-react'
      ? [
          'Connect your page: "In an existing Vite + React project" in docs/start.md of this package.',
        ]
      : []),
    ...(notIgnored.length > 0 ? [`Add ${notIgnored.join(' and ')} to your .gitignore.`] : []),
  ];
  const steps = [...commands.map((step) => paint('cyan', step)), ...hints];
  return `\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`;
}

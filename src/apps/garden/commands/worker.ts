import { jsonOption, type Command } from '../../../command/command.ts';
import { keepMemorySmall } from './worker/keep-memory-small.ts';

export const workerCommand: Command = {
  name: 'worker',
  summary: 'fetch requested packages and their dependencies',
  description: `Claims requests, fetches their packages, and writes packages, versions and dependencies.
Any number of workers can run at once. A worker skips registries without an address;
their requests wait for a worker that has one:
  npm    NPM_REGISTRY_URL, or npm's own configuration
  jsr    JSR_REGISTRY_URL
  brew   BREW_API_URL        the base address of formula/NAME.json
  apt    APT_PACKAGES_URL    one or more package lists (Packages or Packages.gz)`,
  options: [
    {
      name: 'database-url',
      value: 'URL',
      help: 'database of the garden; the role needs BYPASSRLS',
      defaultText: '$DATABASE_URL',
    },
    {
      name: 'concurrency',
      value: 'N',
      help: 'maximum number of packages fetched at the same time',
      defaultText: '4',
    },
    {
      name: 'depth',
      value: 'N',
      help: 'maximum depth of dependencies to fetch; 0 fetches none',
      defaultText: '16',
    },
    {
      name: 'budget',
      value: 'N',
      help: 'maximum number of packages fetched for one user request',
      defaultText: '500',
    },
    {
      name: 'rate',
      value: 'N',
      help: 'maximum requests per second per host',
      defaultText: '40',
    },
    {
      name: 'max-versions',
      value: 'N',
      help: 'maximum number of versions per package; larger packages are rejected',
      defaultText: '50000',
    },
    {
      name: 'max-dependencies',
      value: 'N',
      help: 'maximum number of dependencies of all versions of a package',
      defaultText: '1500000',
    },
    { name: 'once', help: 'process the due requests, then exit' },
    { ...jsonOption, help: 'print one line of JSON per package' },
  ],
  examples: [
    { command: 'garden worker', meaning: 'run until Ctrl-C' },
    {
      command: 'garden worker --once --depth 2',
      meaning: 'process the queue with dependencies up to depth 2, then exit',
    },
    { command: 'garden worker --json --concurrency 8', meaning: 'run in a deployment' },
  ],
  whenInterrupted:
    'Its requests were released, or will be when their leases expire. Another worker continues them.',

  async run(context) {
    // Imported here because only this command needs the driver and the registries.
    const { runWorkerCommand } = await import('./worker/run-worker-command.ts');
    // Called after the import, because loading the program from its sources leaves the most
    // garbage.
    keepMemorySmall();
    return runWorkerCommand(context);
  },
};

import { jsonOption, type Command } from '../../../command/command.ts';
import { keepMemorySmall } from './worker/keep-memory-small.ts';

export const workerCommand: Command = {
  name: 'worker',
  summary: 'fetch the packages that were asked for, and what they need',
  description: `Claims requests, asks their registry, and writes packages, versions and dependencies.
Any number of workers may run at once. A registry that has no address is not asked;
its requests wait for a worker that knows one:
  npm    NPM_REGISTRY_URL, or npm's own configuration
  jsr    JSR_REGISTRY_URL
  brew   BREW_API_URL        the address that formula/NAME.json lies below
  apt    APT_PACKAGES_URL    one or more package lists (Packages or Packages.gz)`,
  options: [
    {
      name: 'database-url',
      value: 'URL',
      help: 'the Postgres of the garden, as a role with BYPASSRLS',
      defaultText: '$DATABASE_URL',
    },
    { name: 'concurrency', value: 'N', help: 'packages at a time', defaultText: '4' },
    {
      name: 'depth',
      value: 'N',
      help: 'how many steps from a request dependencies are fetched; 0 fetches none',
      defaultText: '16',
    },
    {
      name: 'budget',
      value: 'N',
      help: "how many packages one person's request may lead to",
      defaultText: '500',
    },
    {
      name: 'rate',
      value: 'N',
      help: 'how many requests a second one host is asked at most',
      defaultText: '40',
    },
    {
      name: 'max-versions',
      value: 'N',
      help: 'how many versions a package may have; one with more is refused',
      defaultText: '50000',
    },
    {
      name: 'max-dependencies',
      value: 'N',
      help: 'how many dependencies all versions of a package may have together',
      defaultText: '1500000',
    },
    { name: 'once', help: 'work off what is due now, then end' },
    { ...jsonOption, help: 'print one JSON document a line and package' },
  ],
  examples: [
    { command: 'garden worker', meaning: 'work until Ctrl-C' },
    {
      command: 'garden worker --once --depth 2',
      meaning: 'empty the queue, go two steps deep, end',
    },
    { command: 'garden worker --json --concurrency 8', meaning: 'in a deployment' },
  ],
  whenInterrupted:
    'What it held was handed back, or is when its leases run out; another worker goes on with it.',

  async run(context) {
    // Only here: the driver and the registries are loaded by nobody else.
    const { runWorkerCommand } = await import('./worker/run-worker-command.ts');
    // After it: from its sources the program leaves the most behind as it is loaded.
    keepMemorySmall();
    return runWorkerCommand(context);
  },
};

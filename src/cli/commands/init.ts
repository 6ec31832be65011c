import { jsonOption, type Command } from '../../command/command.ts';

export const initCommand: Command = {
  name: 'init',
  summary: 'start a project in this folder, or add to one',
  description: `Writes the files of a project that syncs its own tables: drizzle.config.ts,
garden.config.ts, an example schema with access rules, queries, mutators, a server, a page with
Vite and React, and tests. Then it installs the packages and runs garden generate.

In a folder with a project, it adds what is missing and changes no file except package.json.
A project with drizzle.config.ts keeps its tables: it gets garden.config.ts.
Without a terminal it asks nothing.`,
  options: [
    { name: 'yes', help: 'ask nothing: the example, with a page if the project has none' },
    { name: 'empty', help: 'one table instead of the example with organisations and issues' },
    { name: 'no-page', help: 'no page' },
    { name: 'no-install', help: 'only write files' },
    jsonOption,
  ],
  examples: [
    { command: 'garden init', meaning: 'in an empty folder, after installing this package' },
    { command: 'garden init --yes --empty', meaning: 'the smallest project, without questions' },
  ],
  whenInterrupted: 'The files that were written stay. Run it again to continue.',

  async run(context) {
    const { runInit } = await import('../init/run-init.ts');
    return runInit(context);
  },
};

import { jsonOption, type Command } from '../../../command/command.ts';

export const demoCommand: Command = {
  name: 'demo',
  summary: 'show a small garden on an embedded Postgres',
  description: `Creates an embedded Postgres (PGlite) in a folder, migrates it, inserts the real
packages of \`garden seed\`, and shows some of them. It needs no other software and no
running server. Another run keeps the data.`,
  options: [
    {
      name: 'data',
      value: 'DIR',
      help: 'the folder of the embedded database',
      defaultText: '.garden/pglite',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden demo', meaning: 'print a table' },
    { command: 'garden demo --json', meaning: 'print JSON' },
  ],
  whenInterrupted: 'Completed steps are kept. Run it again to continue.',

  async run(context) {
    // Imported here because it needs PGlite, which is an optional dependency.
    const { runDemo } = await import('./demo/run-demo.ts');
    return runDemo(context);
  },
};

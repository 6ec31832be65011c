import { jsonOption, type Command } from '../../../command/command.ts';

export const demoCommand: Command = {
  name: 'demo',
  summary: 'a small garden on an embedded Postgres, to look at',
  description: `Makes an embedded Postgres (PGlite) in a folder, brings it up to date, puts the
real packages of \`garden seed\` in, and shows some of them. Nothing needs to be installed or
running. Run it again and it finds everything as it was.`,
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
    { command: 'garden demo', meaning: 'in a terminal' },
    { command: 'garden demo --json', meaning: 'the same garden, for a program' },
  ],
  whenInterrupted: 'What was finished stays; run it again to go on.',

  async run(context) {
    // Only here: it needs PGlite, which a project may do without.
    const { runDemo } = await import('./demo/run-demo.ts');
    return runDemo(context);
  },
};

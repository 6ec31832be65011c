import { databaseOptions } from '../../command/choose-database.ts';
import type { App } from '../../command/app.ts';
import { jsonOption, type Command } from '../../command/command.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';

export const rulesCommand = (apps: readonly App[]): Command => ({
  name: 'rules',
  summary: 'who may read and write which rows',
  description: `Shows the access rules of the schema in words: for each table, who may read, insert,
update and delete a row, which columns no update may change, and which only the server
sees. Only --why and --prove open a database.

--as shows what remains of the rules for one principal: always, never, or the conditions
on the row. A name is one of dev.principals in garden.config.ts; its beginning is enough.

--why explains the rules for one row of the database (of a running garden dev, unless a
URL is set): the value of each part, which part
decides, and what the policies and the guard say when they are asked. It deletes and
writes that row in a transaction that is rolled back. It exits with 1 if they disagree.
--diff compares the rules with those of a git revision: who gains or loses which operation,
with the smallest rows and claims that show it. With two folders or revisions, it compares
the first with the second.
--prove applies the migrations to an embedded Postgres, and compares what the policies and
the guards allow there with the meaning of the rules, on random rows and principals. It
exits with 1 after the first disagreement. With --database-url or --data, it also reports
policies, grants and functions of that database that differ from the rules.`,
  argument: {
    name: 'TABLE',
    help: 'only this table; with --why, the ID of a row; with --diff, the newer version',
  },
  options: [
    {
      name: 'as',
      value: 'WHO',
      help: 'a principal of garden.config.ts by name, claims as JSON, or the word anonymous',
    },
    {
      name: 'why',
      value: 'TABLE ID',
      help: 'explain the rules for the row with this primary key; JSON for a composite key',
    },
    {
      name: 'diff',
      value: 'REVISION',
      help: 'compare the rules with those of a git revision, or of a folder with a drizzle.config.ts',
    },
    { name: 'no-gain', help: 'with --diff: exit with 1 if anybody gains an operation' },
    { name: 'markdown', help: 'with --diff: print Markdown, for a pull request' },
    {
      name: 'prove',
      help: 'compare policies and guards with the meaning of the rules on random rows',
    },
    {
      name: 'questions',
      value: 'N',
      help: 'with --prove: the number of questions; with --diff: for each operation and kind of principal',
      defaultText: '5000, with --diff 200',
    },
    { name: 'minutes', value: 'N', help: 'with --prove: compare for this time instead' },
    {
      name: 'seed',
      value: 'N',
      help: 'with --prove or --diff: draw the same random rows again',
      defaultText: 'random, with --diff 1',
    },
    ...subjectOptions(apps),
    ...databaseOptions,
    jsonOption,
  ],
  examples: [
    { command: 'garden rules', meaning: 'who may do what in the tables of this project' },
    {
      command: `garden rules notes --as '{ "sub": "…", "roles": ["admin"] }'`,
      meaning: 'what an administrator may do with notes',
    },
    {
      command: `garden rules --why notes 42 --as anonymous`,
      meaning: 'which part of a rule decides for the note 42, without a login',
    },
    {
      command: 'garden rules --prove --minutes 5',
      meaning: 'whether policies and guards enforce the rules, on random rows for five minutes',
    },
    {
      command: 'garden rules --diff main --no-gain',
      meaning: 'who gains or loses what, compared with the branch main; 1 if anybody gains',
    },
  ],

  async run(context) {
    if (context.text('diff') !== undefined) {
      const { runDiff } = await import('../rules/diff/run-diff.ts');
      return runDiff(context);
    }
    const subject = await chooseSubject(context, apps);
    const { runRules } = await import('../rules/run-rules.ts');
    return runRules(context, subject);
  },
});

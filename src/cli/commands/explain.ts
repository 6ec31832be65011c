import { ProblemError } from '../../report/problem.ts';
import { chooseSubject, subjectOptions } from '../subject.ts';
import type { App, NamedQueries } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { databaseOptions } from '../../command/choose-database.ts';
import { useDatabase } from '../../command/use-database.ts';
import type { QueryValues } from '../../postgres/queries/prepared-query.ts';
import { escapedJson, escapeLines } from '../../command/escape-controls.ts';
import { nearestName } from '../../report/nearest-name.ts';

export function explainCommand(apps: readonly [App, ...App[]]): Command {
  return {
    name: 'explain',
    summary: 'the SQL, plan and time of a named query',
    description: async () => {
      const lists = await Promise.all(apps.map(async ({ queries }) => (await queries()).list));
      const widest = Math.max(...lists.flat().map(({ name }) => name.length));
      return `Runs a prepared query, and shows its SQL, its duration and its plan in Postgres as
a tree: estimated and real rows, time, blocks, and the slowest step. It runs in a
transaction that is rolled back.

It explains queries that your server prepares, not the queries of Zero's clients, which
zero-cache runs. For those, use zero.inspector in the page or npx analyze-query of
@rocicorp/zero; garden rules shows the conditions that the access rules add.

In a project: garden.config.ts names the module, preparedQueries: './queries.ts'; it exports
queries of preparedQuery() from @techgarden/schema/server. Without a NAME they are listed.
The values come from --values, or from the query's example().
${lists.map((list, at) => listQueries(list, widest, apps[at]?.name)).join('')}`;
    },
    argument: { name: 'NAME', help: 'the query' },
    options: [
      {
        name: 'values',
        value: 'JSON',
        help: "values of the query's placeholders",
        defaultText: 'values from the database',
      },
      ...subjectOptions(apps),
      ...databaseOptions,
      jsonOption,
    ],
    examples: [
      { command: 'garden explain', meaning: 'the queries of the project' },
      {
        command: `garden explain notes-of --values '{ "authorId": "…" }'`,
        meaning: 'one of them',
      },
      { command: 'garden explain dependents --app garden', meaning: 'the dependents of a package' },
      { command: 'garden explain search --app garden --json', meaning: 'the plan as JSON' },
    ],

    async run(context) {
      const values = readValues(context.text('values'));
      const subject = await chooseSubject(context, apps);
      const isApp = subject.kind === 'app';
      const queries = isApp
        ? await subject.app.queries()
        : await (await import('../explain/project-queries.ts')).projectQueries(subject.folder);
      const name = context.argument;
      if (name === undefined) return printQueries(context, queries);
      checkName(name, queries);
      const { explainQuery } = await import('../../postgres/queries/explain-query.ts');
      const { printExplained } = await import('../explain/print-explained.ts');
      const { chooseWithDev } = await import('../dev/running-database.ts');
      const choice = await chooseWithDev(context, subject);
      return useDatabase(choice, context.signal, async (db) =>
        printExplained(await explainQuery(db, await queries.find(db, name, values)), context),
      );
    },
  };
}

const listQueries = (list: NamedQueries['list'], widest: number, app?: string): string =>
  `\nThe queries${app === undefined ? '' : ` of ${app}`}:\n${list
    .map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`)
    .join('\n')}`;

function printQueries({ io, flag }: CommandContext, { list }: NamedQueries): number {
  const widest = Math.max(...list.map(({ name }) => name.length));
  io.stdout.write(
    flag('json')
      ? `${escapedJson(list, 2)}\n`
      : `${escapeLines(listQueries(list, widest).trim())}\n`,
  );
  return 0;
}

function checkName(name: string, { list }: NamedQueries): void {
  const names = list.map((one) => one.name);
  if (names.includes(name)) return;
  const nearest = nearestName(name, names);
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `there is no query ${JSON.stringify(name)}.`,
    fix:
      nearest === undefined ? `the queries are: ${names.join(', ')}.` : `did you mean ${nearest}?`,
  });
}

function readValues(text: string | undefined): QueryValues | undefined {
  if (text === undefined) return undefined;
  const refuse = (found: string): ProblemError =>
    new ProblemError({
      code: 'cli/bad-value',
      message: `--values ${found}.`,
      fix: `write an object, for example --values '{ "name": "react" }'.`,
    });
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    throw refuse('is not JSON');
  }
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
    return values as QueryValues;
  }
  throw refuse('is not a JSON object');
}

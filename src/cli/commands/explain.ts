import type { AnyDatabase } from '../../postgres/any-database.ts';
import { ProblemError } from '../../report/problem.ts';
import { requireApp } from '../subject.ts';
import { appOption, type App, type AppQueries } from '../../command/app.ts';
import { jsonOption, type Command, type CommandContext } from '../../command/command.ts';
import { chooseDatabase, databaseOptions } from '../../command/choose-database.ts';
import { useDatabase } from '../../command/use-database.ts';
import type { ExplainableQuery } from '../../queries/explain-query.ts';
import { escapeControls, escapedJson } from '../../command/escape-controls.ts';
import { nearestName } from '../../report/nearest-name.ts';

export function explainCommand(apps: readonly [App, ...App[]]): Command {
  return {
    name: 'explain',
    summary: 'the SQL, plan and time of a named query',
    description: async () => {
      const lists = await Promise.all(apps.map(async ({ queries }) => (await queries()).list));
      const widest = Math.max(...lists.flat().map(({ name }) => name.length));
      return `Runs a query with values from the database, and shows its SQL, its plan in
Postgres, and its duration. It changes nothing.
${lists.map((list, at) => listQueries(list, widest, apps.length > 1 ? apps[at]?.name : undefined)).join('')}`;
    },
    argument: { name: 'NAME', help: 'the query' },
    options: [appOption(apps), ...databaseOptions, jsonOption],
    examples: [
      { command: 'garden explain dependents --app garden', meaning: 'the dependents of a package' },
      { command: 'garden explain search --app garden --json', meaning: 'the plan as JSON' },
    ],

    async run(context) {
      const queries = await requireApp(context, apps, 'explain').queries();
      const name = checkName(context.argument, queries);
      const choice = chooseDatabase(context);
      return useDatabase(choice, context.signal, async (db) =>
        explain(db, await queries.find(db, name), context),
      );
    },
  };
}

const listQueries = (list: AppQueries['list'], widest: number, app: string | undefined): string =>
  `\nThe queries${app === undefined ? '' : ` of ${app}`}:\n${list
    .map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`)
    .join('\n')}`;

function checkName(name: string | undefined, { list }: AppQueries): string {
  const names = list.map((one) => one.name);
  if (name !== undefined && names.includes(name)) return name;
  const nearest = name === undefined ? undefined : nearestName(name, names);
  throw new ProblemError({
    code: name === undefined ? 'cli/missing-value' : 'cli/bad-value',
    message:
      name === undefined
        ? 'garden explain needs the name of a query.'
        : `there is no query ${JSON.stringify(name)}.`,
    fix:
      nearest === undefined ? `the queries are: ${names.join(', ')}.` : `did you mean ${nearest}?`,
  });
}

async function explain(
  db: AnyDatabase,
  query: ExplainableQuery,
  { io, paint, flag }: CommandContext,
): Promise<number> {
  const { explainQuery } = await import('../../queries/explain-query.ts');
  const found = await explainQuery(db, query);
  if (flag('json')) {
    io.stdout.write(`${escapedJson(found, 2)}\n`);
    return 0;
  }
  const { sql, params, plan, rows, milliseconds } = found;
  const values = params.map((value, at) => `  $${at + 1} = ${escapeControls(String(value))}`);
  io.stdout.write(
    [
      `${paint('bold', query.name)}  ${query.summary}`,
      '',
      layOut(sql),
      ...(values.length > 0 ? ['', paint('dim', values.join('\n'))] : []),
      '',
      ...plan.map((line) => paint(/Seq Scan/.test(line) ? 'yellow' : 'cyan', escapeControls(line))),
      '',
      paint(
        'green',
        `${rows} ${rows === 1 ? 'row' : 'rows'} in ${milliseconds.toFixed(2)} ms, prepared`,
      ),
      '',
    ].join('\n'),
  );
  return 0;
}

/** The statement as in the source, without the source's indentation. */
const layOut = (sql: string): string =>
  sql
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

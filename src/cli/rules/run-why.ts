import { describeChoice } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { useDatabase } from '../../command/use-database.ts';
import { placed } from '../../report/placed.ts';
import { ProblemError } from '../../report/problem.ts';
import { explainRow } from '../../guard/why/explain-row.ts';
import type { AskedKey } from '../../guard/why/asked-row.ts';
import { chooseWithDev } from '../dev/running-database.ts';
import type { Subject } from '../subject.ts';
import { findTable } from './find-table.ts';
import { printWhy } from './print-why.ts';
import { readClaims } from './read-claims.ts';
import { readKey } from './read-key.ts';
import type { NamedSchema } from './named-schema.ts';

/** Runs `garden rules --why`. The exit code is 1 if the enforcers disagree. */
export async function runWhy(
  context: CommandContext,
  subject: Subject,
  named: NamedSchema,
): Promise<number> {
  const question = readQuestion(context, named);
  const choice = await chooseWithDev(context, subject);
  const { claims } = question;
  const database = describeChoice(choice, context.io.cwd);
  return useDatabase(choice, context.signal, async (db) => {
    const found = await explainRow(db, question).catch((error: unknown) => {
      throw inDatabase(error, database);
    });
    return printWhy(found, { claims, database }, context);
  });
}

function readQuestion(
  { argument, text }: CommandContext,
  { schema, principals }: NamedSchema,
): AskedKey {
  const why = text('why') ?? '';
  if (argument === undefined) {
    throw missing('--why needs a table and the ID of a row.', 'garden rules --why notes 42 --as …');
  }
  const as = text('as');
  if (as === undefined) {
    throw missing(
      '--why needs a principal.',
      `--as '{ "sub": "…" }', or --as anonymous for a principal without claims`,
    );
  }
  const isTable = (name: string): boolean =>
    schema.tables.some(({ id, exportName }) => id === name || exportName === name);
  // `garden rules notes --why 42` is also accepted.
  const [wanted, id] = !isTable(why) && isTable(argument) ? [argument, why] : [why, argument];
  const table = findTable(wanted, schema);
  const { access } = schema;
  const rules = access?.rules.tables[table.id];
  if (!access || !rules) {
    throw new ProblemError({
      code: 'rules/without-rules',
      message: `the table ${table.id} has no access rules, so every operation is denied.`,
      places: placed(table.id, table.at),
      fix: 'add ...access(t, { read: … }) to its third argument, or choose another table.',
    });
  }
  return {
    table,
    rules,
    access,
    claims: readClaims(as, access, principals),
    key: readKey(id, rules),
  };
}

/** Adds the database to the problem that a row is missing. */
const inDatabase = (error: unknown, database: string): unknown =>
  error instanceof ProblemError && error.problem.code === 'rules/no-row'
    ? new ProblemError({ ...error.problem, context: [database] }, { cause: error })
    : error;

const missing = (message: string, example: string): ProblemError =>
  new ProblemError({
    code: 'cli/missing-value',
    message,
    context: ['--why'],
    fix: `write ${example}.`,
  });

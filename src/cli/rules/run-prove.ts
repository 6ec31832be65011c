import { performance } from 'node:perf_hooks';
import { chooseDatabase } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { useDatabase } from '../../command/use-database.ts';
import type { Schema } from '../../model/schema.ts';
import { ProblemError } from '../../report/problem.ts';
import type { Subject } from '../subject.ts';
import { printProof } from './print-proof.ts';
import { readCount } from './read-count.ts';

/** Milliseconds between two lines of progress. */
const PROGRESS = 5_000;

/** Runs `garden rules --prove`. The exit code is 1 after a disagreement or drift. */
export async function runProve(
  context: CommandContext,
  subject: Subject,
  schema: Schema,
): Promise<number> {
  const { access } = schema;
  refuseOthers(context);
  if (!access) throw noRules();
  const { io, signal, text } = context;
  const minutes = readCount(context, 'minutes');
  const isNamed = ['database-url', 'data'].some((option) => text(option) !== undefined);
  const choice = isNamed ? chooseDatabase(context) : undefined;
  let reported = performance.now();
  const { proveRules } = await import('../../testing/access/prove/prove-rules.ts');
  const proof = await proveRules({
    migrations: subject.kind === 'app' ? subject.app.migrations : subject.migrations,
    schema: { ...schema, access },
    seed: readCount(context, 'seed'),
    questions: readCount(context, 'questions'),
    milliseconds: minutes === undefined ? undefined : minutes * 60_000,
    onProgress({ questions }) {
      signal.throwIfAborted();
      if (performance.now() - reported < PROGRESS) return;
      reported = performance.now();
      io.stderr.write(`${questions.toLocaleString('en-US')} questions, no disagreement yet\n`);
    },
    withDatabase: choice && ((use) => useDatabase(choice, signal, use)),
  });
  return printProof(proof, choice?.kind === 'url' ? choice.place : choice?.folder, context);
}

function refuseOthers({ argument, text }: CommandContext): void {
  const other = ['as', 'why'].find((name) => text(name) !== undefined);
  if (other === undefined && argument === undefined) return;
  throw new ProblemError({
    code: 'cli/two-modes',
    message:
      other === undefined
        ? `--prove covers all tables, and accepts no argument, but got ${JSON.stringify(argument)}.`
        : `--prove cannot be combined with --${other}.`,
    fix: 'run the command once for each of them.',
  });
}

const noRules = (): ProblemError =>
  new ProblemError({
    code: 'rules/without-rules',
    message: 'no table has access rules, so there is nothing to prove.',
    fix: 'add ...access(t, { read: … }) to the third argument of a table.',
  });

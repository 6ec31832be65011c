import { relative } from 'node:path';
import process from 'node:process';
import { jsonOption, type Command, type CommandContext } from '../command.ts';
import { planCompanion, type CompanionPlan } from '../generate/companion-record.ts';
import { askDrizzleKit, failed } from '../generate/drizzle-kit.ts';
import { readJournal } from '../generate/journal.ts';
import { loadProject, type Project } from '../generate/load-project.ts';
import { nameMigration } from '../generate/name-migration.ts';
import { renameProblem, schemaDrift, type Drift } from '../generate/schema-drift.ts';
import { stageMigrations } from '../generate/stage-migrations.ts';
import { writeCustomMigration, writeSchemaMigration } from '../generate/write-migration.ts';
import { ProblemError } from '../../problem.ts';

export const generateCommand: Command = {
  name: 'generate',
  summary: 'write the migrations that the definitions ask for',
  description: `Compares the tables with the migrations, and writes what is missing:
drizzle-kit's migration for tables, keys, indexes and policies, and custom ones
beside it for what drizzle-kit has no word for: triggers, comments, extensions,
roles, grants and the functions that policies call.
It exits 1 with --check where something is missing.`,
  options: [
    { name: 'check', help: 'write nothing; print what is missing, and exit 1 if anything is' },
    {
      name: 'config',
      value: 'FILE',
      help: 'the drizzle-kit config',
      defaultText: 'drizzle.config.ts',
    },
    {
      name: 'name',
      value: 'NAME',
      help: "the name of drizzle-kit's migration",
      defaultText: 'what it does first, such as create_notes',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden generate', meaning: 'after a change to the tables' },
    { command: 'garden generate --check', meaning: 'in CI: nobody forgot to' },
  ],
  whenInterrupted: 'Nothing was written.',

  async run(context) {
    refuseName(context.text('name'));
    const project = await loadProject(context.io.cwd, context.text('config'));
    // A damaged journal is told before anything is compared with it.
    const journal = await readJournal(project);
    const plan = await planCompanion(project);
    const drift = await schemaDrift(project);
    context.signal.throwIfAborted();
    return context.flag('check')
      ? check(plan, drift, context)
      : write(project, plan, drift, journal !== undefined, context);
  },
};

function check(plan: CompanionPlan, drift: Drift, { io, paint, flag }: CommandContext): number {
  const { statements, renames } = drift;
  const missing = [...plan.before, ...statements, ...plan.after];
  const current = missing.length === 0 && renames === undefined;
  if (flag('json')) {
    io.stdout.write(`${JSON.stringify({ missing, renames }, undefined, 2)}\n`);
  } else if (current) {
    io.stdout.write(
      `${paint('green', 'Up to date:')} the migrations say what the definitions say.\n`,
    );
  } else {
    for (const statement of missing) io.stdout.write(`${paint('yellow', '+')} ${statement}\n`);
    for (const rename of renames ?? []) io.stdout.write(`${paint('yellow', '?')} ${rename}\n`);
    const red = paint('red', 'Not up to date:');
    io.stdout.write(
      renames === undefined
        ? `${red} ${missing.length} statements are in no migration. \`garden generate\` writes them.\n`
        : `${red} drizzle-kit has to ask whether something was renamed. \`garden generate\` on a terminal lets it.\n`,
    );
  }
  return current ? 0 : 1;
}

async function write(
  project: Project,
  plan: CompanionPlan,
  drift: Drift,
  begun: boolean,
  { io, paint, flag, text, signal }: CommandContext,
): Promise<number> {
  const { statements, renames, wanted, empty } = drift;
  // What drizzle-kit prints while it asks would spoil the JSON.
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !flag('json');
  if (renames !== undefined && !interactive) throw renameProblem(project, renames);
  const written: string[] = [];
  if (renames !== undefined || [plan.before, statements, plan.after].some(({ length }) => length)) {
    await stageMigrations(project, async (staged) => {
      if (plan.before.length > 0) {
        written.push(await writeCustomMigration(staged, 'companion_before', plan.before, empty));
      }
      if (renames !== undefined) {
        written.push(await askRenames(project, staged, text('name') ?? 'rename', signal));
      } else if (statements.length > 0) {
        const name = text('name') ?? nameMigration(statements);
        written.push(await writeSchemaMigration(staged, name, statements, wanted));
      }
      if (plan.after.length > 0) {
        written.push(await writeCustomMigration(staged, 'companion', plan.after, empty));
      }
      await plan.record(staged);
      signal.throwIfAborted();
    });
  } else if (begun) {
    // How a thing goes may be told differently now, though nothing is to be written.
    await plan.record(project);
  }
  if (flag('json')) io.stdout.write(`${JSON.stringify({ written }, undefined, 2)}\n`);
  else if (written.length === 0)
    io.stdout.write('Nothing to write: the migrations are up to date.\n');
  else
    for (const tag of written)
      io.stdout.write(`${paint('green', '+')} ${relative(io.cwd, project.out)}/${tag}.sql\n`);
  return 0;
}

async function askRenames(
  project: Project,
  staged: Project,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const tag = await askDrizzleKit(staged, name, signal);
  const left = await schemaDrift(staged);
  if (tag === undefined || left.renames !== undefined || left.statements.length > 0) {
    throw failed(project, 'did not write all that the definitions ask for');
  }
  return tag;
}

/** It becomes part of a file's name. */
function refuseName(name: string | undefined): void {
  if (name === undefined || /^[A-Za-z0-9_-]{1,60}$/.test(name)) return;
  throw new ProblemError({
    code: 'cli/bad-value',
    message: `--name ${JSON.stringify(name)} cannot be the name of a migration.`,
    fix: 'use letters, digits, _ and -, at most 60 of them.',
  });
}

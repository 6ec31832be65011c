import { relative } from 'node:path';
import { jsonOption, type Command, type CommandContext } from '../command.ts';
import { planCompanion, type CompanionPlan } from '../generate/companion-record.ts';
import { generateSchemaMigration, writeCustomMigration } from '../generate/drizzle-kit.ts';
import { loadProject, type Project } from '../generate/load-project.ts';
import { schemaDrift } from '../generate/schema-drift.ts';

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
      defaultText: 'a random one',
    },
    jsonOption,
  ],
  examples: [
    { command: 'garden generate', meaning: 'after a change to the tables' },
    { command: 'garden generate --check', meaning: 'in CI: nobody forgot to' },
  ],

  async run(context) {
    const project = await loadProject(context.io.cwd, context.text('config'));
    const plan = await planCompanion(project);
    return context.flag('check') ? check(project, plan, context) : write(project, plan, context);
  },
};

async function check(
  project: Project,
  plan: CompanionPlan,
  { io, paint, flag }: CommandContext,
): Promise<number> {
  const missing = [...plan.before, ...(await schemaDrift(project)), ...plan.after];
  if (flag('json')) {
    io.stdout.write(`${JSON.stringify({ missing }, undefined, 2)}\n`);
  } else if (missing.length === 0) {
    io.stdout.write(
      `${paint('green', 'Up to date:')} the migrations say what the definitions say.\n`,
    );
  } else {
    for (const statement of missing) io.stdout.write(`${paint('yellow', '+')} ${statement}\n`);
    io.stdout.write(
      `${paint('red', 'Not up to date:')} ${missing.length} statements are in no migration. \`garden generate\` writes them.\n`,
    );
  }
  return missing.length === 0 ? 0 : 1;
}

async function write(
  project: Project,
  plan: CompanionPlan,
  { io, paint, flag, text }: CommandContext,
): Promise<number> {
  const written: string[] = [];
  const wrote = (tag: string | undefined): void => {
    if (tag === undefined) return;
    written.push(tag);
    if (flag('json')) return;
    io.stdout.write(`${paint('green', '+')} ${relative(io.cwd, project.out)}/${tag}.sql\n`);
  };
  if (plan.before.length > 0) {
    wrote(await writeCustomMigration(project, 'companion_before', plan.before));
  }
  wrote(await generateSchemaMigration(project, text('name')));
  if (plan.after.length > 0) {
    wrote(await writeCustomMigration(project, 'companion', plan.after));
  }
  await plan.record();
  if (flag('json')) io.stdout.write(`${JSON.stringify({ written }, undefined, 2)}\n`);
  else if (written.length === 0)
    io.stdout.write('Nothing to write: the migrations are up to date.\n');
  return 0;
}

import type { CommandContext } from '../../command/command.ts';
import { readModuleSchema, readProjectSchema } from '../../project/read-valid-schema.ts';
import { describeTable } from '../../rules/describe-table.ts';
import type { Subject } from '../subject.ts';
import { findTable } from './find-table.ts';
import type { NamedSchema } from './named-schema.ts';
import { NO_ACCESS } from './no-access.ts';
import { printRules } from './print-rules.ts';
import { readClaims } from './read-claims.ts';

/** Runs `garden rules`. Returns the exit code. */
export async function runRules(context: CommandContext, subject: Subject): Promise<number> {
  const named = await rulesOf(context, subject);
  if (context.text('why') !== undefined) {
    const { runWhy } = await import('./run-why.ts');
    return runWhy(context, subject, named);
  }
  if (context.flag('prove')) {
    const { runProve } = await import('./run-prove.ts');
    return runProve(context, subject, named.schema);
  }
  return printRules(describe(context, named), context);
}

async function rulesOf({ io, text }: CommandContext, subject: Subject): Promise<NamedSchema> {
  if (subject.kind === 'app') return { schema: readModuleSchema(await subject.app.tables()) };
  const { schema, settings } = await readProjectSchema(io.cwd, text('config'));
  return { schema, principals: settings.dev?.principals };
}

function describe({ argument, text }: CommandContext, { schema, principals }: NamedSchema) {
  const { access = NO_ACCESS, roleRules = [] } = schema;
  const as = text('as');
  const claims = as === undefined ? undefined : readClaims(as, access, principals);
  const tables = argument === undefined ? schema.tables : [findTable(argument, schema)];
  const { rules } = access;
  return {
    claims,
    tables: tables.flatMap(({ id }) => {
      const own = rules.tables[id];
      return own ? [describeTable(own, claims && { rules, claims })] : [];
    }),
    roleRules: claims ? [] : roleRules.filter((own) => tables.some(({ id }) => id === own.table)),
    withoutRules: tables.flatMap(({ id }) => (rules.tables[id] ? [] : [id])),
  };
}

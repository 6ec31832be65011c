import { findApp, type App } from '../../command/app.ts';
import type { CommandContext } from '../../command/command.ts';
import type { Definitions } from '../../project/operate/diagnose.ts';
import { hasDrizzleConfig } from '../../project/find-drizzle-config.ts';
import { chooseSubject, type Subject } from '../subject.ts';

/**
 * The project or the app whose definitions the database should have. Without one, any database
 * can still be examined.
 */
export async function doctorSubject(
  context: CommandContext,
  apps: readonly App[],
): Promise<Subject | undefined> {
  const { io, text } = context;
  const app = text('app');
  if (app !== undefined) return { kind: 'app', app: findApp(apps, app) };
  const isNamed = text('config') !== undefined || hasDrizzleConfig(io.cwd);
  return isNamed ? chooseSubject(context, apps) : undefined;
}

/** The definitions of the subject. */
export async function definitionsOf(
  { io, text }: CommandContext,
  subject: Subject | undefined,
): Promise<Definitions | undefined> {
  if (subject === undefined) return undefined;
  const { readModuleSchema, readProjectSchema } =
    await import('../../project/read-valid-schema.ts');
  if (subject.kind === 'app') {
    const { app } = subject;
    return { schema: readModuleSchema(await app.tables()), migrations: app.migrations };
  }
  const { schema, settings } = await readProjectSchema(io.cwd, text('config'));
  const { validate, doctor } = settings;
  return {
    schema,
    migrations: subject.migrations,
    ...(validate && { validate }),
    ...(doctor && { doctor }),
  };
}

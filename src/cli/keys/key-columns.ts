import { dirname, resolve } from 'node:path';
import type { App } from '../../command/app.ts';
import type { DatabaseChoice } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { readModuleSchema, readProjectSchema } from '../../project/read-valid-schema.ts';
import { ProblemError } from '../../report/problem.ts';
import type { KeyService } from '../../secrets/key-ring.ts';
import { encryptedColumns, type EncryptedColumn } from '../../secrets/rotate/encrypted-columns.ts';
import { chooseWithDev } from '../dev/running-database.ts';
import { chooseSubject, type Subject } from '../subject.ts';
import { loadKeyService } from './choose-ring.ts';

/** The encrypted columns of a project or an app, and the database that holds them. */
export interface KeyColumns {
  readonly columns: readonly EncryptedColumn[];
  readonly choice: DatabaseChoice;
  /** Loads the key management service of the project. */
  readonly kms: () => Promise<KeyService | undefined>;
}

export async function chooseKeyColumns(
  context: CommandContext,
  apps: readonly [App, ...App[]],
): Promise<KeyColumns> {
  const subject = await chooseSubject(context, apps);
  const schema =
    subject.kind === 'app'
      ? readModuleSchema(await subject.app.tables())
      : (await readProjectSchema(context.io.cwd, context.text('config'))).schema;
  const columns = encryptedColumns(schema);
  if (columns.length === 0) throw noColumns(subject);
  return {
    columns,
    choice: await chooseWithDev(context, subject),
    kms: async () => (subject.kind === 'app' ? undefined : loadKeyService(subject.folder)),
  };
}

/** The folder of the project's configs; there may be none when the first key is made. */
export const configFolder = ({ io, text }: CommandContext): string => {
  const config = text('config');
  return config === undefined ? io.cwd : dirname(resolve(io.cwd, config));
};

const noColumns = (subject: Subject): ProblemError =>
  new ProblemError({
    code: 'secrets/no-columns',
    message: `${subject.kind === 'app' ? `the app ${subject.app.name}` : 'the schema'} has no encrypted column.`,
    fix: "declare columns with encrypted('name') of @techgarden/schema/kit.",
  });

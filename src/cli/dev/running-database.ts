import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseDatabase, type DatabaseChoice } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { holderOf } from '../../postgres/folder-lock.ts';
import { ProblemError } from '../../report/problem.ts';
import { dataFolder } from '../commands/status.ts';
import type { Subject } from '../subject.ts';
import { readStatus } from './status-file.ts';

/**
 * Chooses the database of a command that reads or fills one. Without a URL or a folder, it is the
 * database of the `garden dev` that runs here.
 */
export async function chooseWithDev(
  context: CommandContext,
  subject: Subject | undefined,
): Promise<DatabaseChoice> {
  const choice = chooseDatabase(
    context,
    subject?.kind === 'project' ? subject.database : undefined,
  );
  if (subject === undefined || choice.kind === 'url' || choice.chosen) return choice;
  const folder = dataFolder(context.io.cwd, subject.kind);
  if (holderOf(folder) === undefined) return choice;
  const status = await readStatus(folder);
  if (status === undefined) {
    throw new ProblemError({
      code: 'dev/still-starting',
      message: 'garden dev is still starting here, so its database is not ready.',
      places: [{ file: folder }],
      fix: 'wait until it prints its addresses, or choose another database with --database-url or --data.',
    });
  }
  if (!status.embedded) {
    throw new ProblemError({
      code: 'dev/own-database',
      message: `garden dev uses a database of yours here, ${status.databaseUrl}, and does not store its password.`,
      fix: 'pass the same --database-url.',
    });
  }
  const url = new URL(status.databaseUrl);
  url.password = await readFile(join(folder, 'postgres.password'), 'utf8');
  return { kind: 'url', url: url.href, place: `the database of garden dev, on port ${url.port}` };
}

import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { CommandContext } from '../../../command/command.ts';
import type { AccessRules } from '../../../model/rule.ts';
import { hasDrizzleConfig } from '../../../project/find-drizzle-config.ts';
import { readProjectSchema } from '../../../project/read-valid-schema.ts';
import { ProblemError, type Problem } from '../../../report/problem.ts';
import type { RulesVersion } from '../../../testing/access/diff/rules-version.ts';
import { NO_ACCESS } from '../no-access.ts';
import { withRevision } from './checkout-revision.ts';

/** Loads the rules of a version: a folder with a drizzle.config.ts, or a git revision. */
export async function loadVersion(name: string, context: CommandContext): Promise<RulesVersion> {
  const { io, signal, text } = context;
  const config = text('config');
  const folder = resolve(io.cwd, name);
  if (hasDrizzleConfig(folder)) return readVersion(folder, undefined);
  return withRevision(io.cwd, name, signal, async (checkout) => {
    const own = config !== undefined && isAbsolute(config) ? relative(io.cwd, config) : config;
    try {
      return await readVersion(checkout.folder, own);
    } catch (error) {
      signal.throwIfAborted();
      throw cannotLoad(name, checkout.root, error);
    }
  });
}

/** The rules of the working directory. */
export const loadWorkingVersion = ({ io, text }: CommandContext): Promise<RulesVersion> =>
  readVersion(io.cwd, text('config'));

async function readVersion(folder: string, config: string | undefined): Promise<RulesVersion> {
  const { tables, access = NO_ACCESS } = (await readProjectSchema(folder, config)).schema;
  const rules: AccessRules = access.rules;
  return { tables, rules };
}

/** The files of the revision are gone when the problem is printed, so it names them by revision. */
function cannotLoad(revision: string, root: string, cause: unknown): ProblemError {
  const restated = ({ code, message, places = [], object }: Omit<Problem, 'fix'>): Problem => ({
    code: 'rules/cannot-load-revision',
    message: `the schema of ${revision} cannot be loaded: ${message.replaceAll(`${root}${sep}`, '')} (${code})`,
    ...(object !== undefined && { object }),
    context: places.map(({ file, line }) => {
      const path = relative(root, file);
      return `${revision}:${path}${line === undefined ? '' : `:${line}`}`;
    }),
    fix: 'compare with a revision whose schema loads with the installed packages, or check it out with its packages in another folder and name that folder.',
  });
  if (cause instanceof ProblemError) {
    return new ProblemError(restated(cause.problem), {
      cause,
      others: cause.others.map(restated),
    });
  }
  // The revision may contain an older copy of this package, with other internal data.
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  return new ProblemError(restated({ code: name, message }), { cause });
}

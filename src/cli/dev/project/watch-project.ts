import type { DevTools, LiveStack } from '../../../command/dev-target.ts';
import type { Planned } from '../../../project/generate/plan-targets.ts';
import { newSeen, type Seen } from '../../../project/seen.ts';
import { watchFiles } from '../../../project/watch-files.ts';
import type { Finding } from '../../../report/problem.ts';
import { applyDefinitions, RefusedMigration } from './apply-definitions.ts';
import { buildServer, type BuiltServer } from './build-server.ts';
import { typeReporter } from './check-types.ts';
import { inputsOf, isSavedSince } from './inputs-of.ts';
import { namesOf, planDefinitions, requirementsOf, type Place } from './plan-definitions.ts';

/** The output functions. */
export interface Reporting extends Place {
  readonly onFindings: (warnings: readonly Finding[]) => void;
  /** Prints a problem that does not end the command. */
  readonly onProblem: (error: unknown) => void;
}

interface WatchOptions extends Reporting {
  readonly first: Planned;
  readonly server: BuiltServer | undefined;
  readonly onPlanned: (planned: Planned) => void;
}

/**
 * Applies saved changes until the signal aborts: first migrations and the Zero files, then the
 * server. A problem is printed, and the last valid state continues to run.
 */
export async function watchProject(
  { first, server: firstServer, onPlanned, onProblem, ...options }: WatchOptions,
  stack: LiveStack,
  { folder, signal, tell }: DevTools,
): Promise<void> {
  const { cwd } = options;
  let server = firstServer;
  let publications = String(requirementsOf(first).publications);
  let last: Seen | undefined;
  let failed = false;
  let refusedInputs: string | undefined;
  let printed: string | undefined;
  const { out } = first.made.project;
  const types = typeReporter(cwd, signal, tell);

  const apply = async (seen: Seen): Promise<readonly string[]> => {
    const planned = await planDefinitions(options, seen, options.onFindings);
    // A page gets the new Zero schema before the server does, so its requests wait for the new
    // server.
    const release = stack.holdRequests();
    try {
      return await carryOut(planned, seen);
    } finally {
      release();
    }
  };

  const carryOut = async (planned: Planned, seen: Seen): Promise<readonly string[]> => {
    const done: string[] = [];
    const { written, applied } = await applyDefinitions(planned, stack.databaseUrl, signal);
    onPlanned(planned);
    if (applied.length > 0) done.push(`migrated: ${applied.join(', ')}`);
    const generated = written.filter((file) => file.endsWith('.gen.ts'));
    if (generated.length > 0) done.push(`wrote ${namesOf(generated, cwd)}`);
    const requirements = requirementsOf(planned);
    if (String(requirements.publications) !== publications) {
      publications = String(requirements.publications);
      await stack.restartZero(requirements.publications);
      done.push('zero-cache copied the tables of the new publication');
    }
    const next = await buildServer(planned, folder, seen, server);
    // These files are generated from the definitions, which are watched.
    for (const file of seen.files) if (file.endsWith('.gen.ts')) seen.files.delete(file);
    if (next !== server) {
      await stack.replaceServer(next);
      server = next;
      done.push('restarted the server');
    }
    return done;
  };

  await watchFiles(async () => {
    // The refused migration was written and removed: that alone starts this run.
    if (last && refusedInputs === inputsOf(last, out)) return last;
    refusedInputs = undefined;
    // It would read a new schema with the old generated files.
    types.cancel();
    const seen = newSeen();
    const start = Date.now();
    try {
      const done = await apply(seen);
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      if (done.length > 0) tell(`✓ ${done.join('; ')} (${seconds} s)`);
      else if (failed) tell('✓ the definitions are valid again; nothing had to change.');
      failed = false;
      printed = undefined;
    } catch (error) {
      if (signal.aborted) return seen;
      failed = true;
      // The user corrects the error in an editor. Files that this run did not reach are unchanged.
      for (const file of last?.files ?? []) seen.files.add(file);
      const refused = error instanceof RefusedMigration;
      seen.failed = !refused;
      const inputs = inputsOf(seen, out);
      if (refused && !isSavedSince(start, seen, out)) refusedInputs = inputs;
      const problem = `${String(error)}\0${inputs}`;
      if (problem !== printed) {
        printed = problem;
        onProblem(error);
        tell('The last valid state continues to run.');
      }
    }
    types.check();
    last = seen;
    return seen;
  }, signal);
}

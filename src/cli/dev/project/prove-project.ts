import { join, resolve } from 'node:path';
import type { RunningStack } from '../../../command/dev-target.ts';
import { proveTables, type TableProof } from '../../../processes/prove-tables.ts';
import type { Planned } from '../../../project/generate/plan-targets.ts';
import { loadModules } from '../../../project/load-modules.ts';
import { newSeen } from '../../../project/seen.ts';
import { ProblemError } from '../../../report/problem.ts';

/** Lets a client sync a row of each table, and checks that the server answers. */
export async function proveProject(
  { url, cacheUrls, proof }: RunningStack,
  { made: { project, garden } }: Planned,
): Promise<string> {
  const file = join(resolve(project.folder, garden.config.zero?.out ?? '.'), 'zero-schema.gen.ts');
  const { modules } = await loadModules([file], 'schema', newSeen());
  const schema = modules[0]?.['schema'] as TableProof['schema'];
  const names = Object.keys(schema.tables);
  const withRows = await proveTables({
    schema,
    cacheUrl: cacheUrls.at(-1) ?? '',
    queryUrl: proof.url,
    answer: proof.answer,
  });
  // Without the API key the server refuses the request. Any such refusal shows that it runs.
  const { status } = await fetch(`${url}/api/zero/query`, { method: 'POST', body: '[]' });
  if (status === 404 || status >= 500) {
    throw new ProblemError({
      code: 'dev/no-endpoint',
      message: `the server answers POST /api/zero/query with ${status}.`,
      context: [`${url}/api/zero/query`],
      fix: 'pass requests for /api/zero/query and /api/zero/mutate to the handler of createServer().',
    });
  }
  const tables = `${names.length} ${names.length === 1 ? 'table' : 'tables'}`;
  return `a client synced ${tables}, ${withRows.length} of them with a row, and the server answers`;
}

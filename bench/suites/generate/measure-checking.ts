import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Measurement } from '../../frame/suite.ts';
import { checkTypes, type TypeCheck } from './check-types.ts';
import { OUTPUT, ours, peer } from './generators.ts';
import { makeQueries, makeSchema } from './make-schema.ts';
import { writeProjects, type Projects } from './write-project.ts';

const TABLES = 200;
const KINDS = {
  none: 'plain',
  apart: 'types in a separate module',
  beside: 'types in the schema file',
} as const;

/** Type-checking cost of the output in an editor: 200 queries with relations. */
export async function* measureChecking(context: Context): AsyncGenerator<Measurement, void> {
  const { contestProcesses, progress, root } = context;
  for (const [types, what] of Object.entries(KINDS)) {
    progress(`200 related queries over 200 tables, ${what}`);
    await using projects: Projects = await writeProjects(
      root,
      makeSchema({ tables: TABLES, columns: 9, types: types as keyof typeof KINDS }),
    );
    await contestProcesses(
      { ours: ours(root, projects.ours), peer: peer(root, projects.peer) },
      { rounds: 1 },
    );
    const checked: Record<'ours' | 'peer', TypeCheck> = {
      ours: await check(context, projects.ours),
      peer: await check(context, projects.peer),
    };
    yield {
      name: `instantiations of 200 related queries, ${what}`,
      value: checked.ours.instantiations,
      peer: checked.peer.instantiations,
      unit: 'instantiations',
      // A type from the schema file makes TypeScript check all tables, in both outputs.
      ...(types !== 'beside' && { target: 'at most 300000 instantiations' as const }),
    };
    if (types === 'beside') yield* measureSchemaAlone(context, projects.ours, checked.ours);
    yield {
      name: `errors in these queries, ${what}`,
      value: checked.ours.errors,
      peer: checked.peer.errors,
      unit: 'errors',
      target: 'at most 0 errors',
    };
  }
}

/**
 * Importing a type from the schema file makes TypeScript check the whole file. This separates that
 * cost from the cost of the output.
 */
async function* measureSchemaAlone(
  context: Context,
  project: string,
  { instantiations }: TypeCheck,
): AsyncGenerator<Measurement, void> {
  const alone = await checkTypes(context, project, ['schema.ts']);
  yield {
    name: 'instantiations of the schema file without output',
    value: alone.instantiations,
    unit: 'instantiations',
  };
  yield {
    name: 'instantiations added by the queries',
    value: instantiations - alone.instantiations,
    unit: 'instantiations',
    target: 'at most 300000 instantiations',
  };
}

async function check(context: Context, project: string): Promise<TypeCheck> {
  await writeFile(join(project, 'queries.ts'), makeQueries(TABLES));
  return checkTypes(context, project, [OUTPUT, 'queries.ts']);
}

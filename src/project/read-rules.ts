import type { Access } from '../model/access.ts';
import type { Table } from '../model/table.ts';
import { readSchema, type SchemaRead } from '../read/drizzle/read-schema.ts';
import type { SchemaFile } from '../read/drizzle/exported-values.ts';
import { ProblemError } from '../report/problem.ts';
import { readProject } from './read-project.ts';
import { newSeen } from './seen.ts';

/** The tables of a schema and their access rules. */
export interface SchemaRules {
  readonly tables: readonly Table[];
  /** Absent if no table has rules. */
  readonly access: Access | undefined;
}

/** The access rules of the project in a folder. A schema that is not valid is refused. */
export async function readProjectRules(
  cwd: string,
  config: string | undefined,
): Promise<SchemaRules> {
  const { read, broken } = await readProject(cwd, config, newSeen());
  const [first, ...others] = broken.map(({ finding }) => finding);
  if (first) throw new ProblemError(first, { others });
  return rulesOf(read);
}

/** The access rules of the tables that a module exports. */
export const readModuleRules = (module: SchemaFile): SchemaRules =>
  rulesOf(readSchema({ files: [module] }));

function rulesOf({ schema, refused }: SchemaRead): SchemaRules {
  if (refused) throw refused;
  return { tables: schema.tables, access: schema.access };
}

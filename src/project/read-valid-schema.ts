import type { Schema } from '../model/schema.ts';
import type { SchemaFile } from '../read/drizzle/exported-values.ts';
import { readSchema, type SchemaRead } from '../read/drizzle/read-schema.ts';
import { ProblemError } from '../report/problem.ts';
import type { GardenConfig } from './config.ts';
import { readProject } from './read-project.ts';
import { newSeen } from './seen.ts';

/** The schema of the project in a folder, and its settings. A schema that is not valid is refused. */
export async function readProjectSchema(
  cwd: string,
  config: string | undefined,
): Promise<{ readonly schema: Schema; readonly settings: GardenConfig }> {
  const { read, broken, garden } = await readProject(cwd, config, newSeen());
  const [first, ...others] = broken.map(({ finding }) => finding);
  if (first) throw new ProblemError(first, { others });
  return { schema: validSchema(read), settings: garden.config };
}

/** The schema that a module exports. */
export const readModuleSchema = (module: SchemaFile): Schema =>
  validSchema(readSchema({ files: [module] }));

function validSchema({ schema, refused }: SchemaRead): Schema {
  if (refused) throw refused;
  return schema;
}

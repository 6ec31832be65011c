import { readSchema, type SchemaRead } from '../read/drizzle/read-schema.ts';
import { inStage } from '../report/in-stage.ts';
import { leaveOutBroken, type LeftOutTable } from './broken-tables.ts';
import { loadGardenConfig, type LoadedConfig } from './load-garden-config.ts';
import { loadProject, type Project } from './load-project.ts';
import type { Seen } from './seen.ts';

/** A project, its settings, and its schema as the model. */
export interface ProjectRead {
  readonly project: Project;
  readonly garden: LoadedConfig;
  readonly read: SchemaRead;
  /** Tables of the schema whose constraints could not be read. */
  readonly broken: readonly LeftOutTable[];
}

/** Loads a project and reads its schema. */
export async function readProject(
  cwd: string,
  config: string | undefined,
  seen: Seen,
): Promise<ProjectRead> {
  const project = await loadProject(cwd, config, seen);
  const garden = await inStage('config', () => loadGardenConfig(project.folder, seen));
  const { casing } = project.settings;
  const { aliases, zero: { relations, clashSuffix } = {} } = garden.config;
  const read = readSchema({
    files: project.files,
    ...(casing && { casing }),
    settled: {
      ...(relations && { relations }),
      ...(clashSuffix !== undefined && { clashSuffix }),
      ...(aliases && { aliases }),
    },
  });
  const broken = leaveOutBroken(project.broken, read.schema, project.inputs);
  return { project, garden, read, broken };
}

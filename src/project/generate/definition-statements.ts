import { companionOf, type CompanionSource } from './companion-record.ts';
import { importDrizzleKit } from './drizzle-kit.ts';
import type { Project } from '../load-project.ts';

/**
 * The statements that create the defined schema in an empty database, independent of the
 * migrations: drizzle-kit's, with the companion SQL before and after them.
 */
export async function definitionStatements(
  project: Project,
  source: CompanionSource,
): Promise<readonly string[]> {
  const api = await importDrizzleKit(project);
  const { casing } = project.settings;
  const snapshotOf = (exports: Record<string, unknown>) =>
    api.generateDrizzleJson(exports, undefined, undefined, casing);
  const { before, after } = companionOf(source);
  return [
    ...before.map(({ create }) => create),
    ...(await api.generateMigration(snapshotOf({}), snapshotOf(project.exports))),
    ...after.map(({ create }) => create),
  ];
}

import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import postgres from 'postgres';
import type { DevTarget } from '../../../command/dev-target.ts';
import type { Planned } from '../../../project/generate/plan-targets.ts';
import { newSeen } from '../../../project/seen.ts';
import { loadSeed, runSeed } from '../../seed-project.ts';
import { applyDefinitions } from './apply-definitions.ts';
import { buildServer, type BuiltServer } from './build-server.ts';
import { pageProcess } from './page-process.ts';
import { namesOf, planDefinitions, requirementsOf } from './plan-definitions.ts';
import { proveProject } from './prove-project.ts';
import { watchProject, type Reporting } from './watch-project.ts';

interface ProjectTargetOptions extends Reporting {
  /** Whether to run the command of the page. */
  readonly page: boolean;
}

/** The project in the current folder, as `garden dev` runs it. */
export function projectTarget(options: ProjectTargetOptions): DevTarget {
  const { cwd, signal, page, onFindings } = options;
  let planned: Planned | undefined;
  let server: BuiltServer | undefined;
  const plan = (): Planned => {
    if (planned === undefined) throw new Error('the definitions have not been read.');
    return planned;
  };
  const config = () => plan().made.garden.config;
  return {
    title: nameOf(cwd),
    folderName: 'project',
    principals: () => config().dev?.principals ?? {},
    read: ({ stage }) =>
      stage('definitions', async () => {
        planned = await planDefinitions(options, newSeen(), onFindings);
        const detail = `${count(planned.made.read.schema.tables.length, 'table')} in ${namesOf(planned.made.project.schemaFiles, cwd)}`;
        return { result: requirementsOf(planned), detail };
      }),
    async migrate(databaseUrl) {
      const { written, applied, alreadyApplied } = await applyDefinitions(
        plan(),
        databaseUrl,
        signal,
      );
      const files = written.length === 0 ? '' : `; wrote ${namesOf(written, cwd)}`;
      return {
        detail: `${count(applied.length, 'migration')} applied, ${alreadyApplied} already applied${files}`,
      };
    },
    async seed(databaseUrl, { tell }) {
      const { seed } = config();
      if (seed === undefined) return { detail: 'no seed in garden.config.ts' };
      if (await hasRows(databaseUrl, plan())) return { detail: 'existing data kept' };
      const choice = { kind: 'url', url: databaseUrl, place: 'the development database' } as const;
      await runSeed(await loadSeed(plan().made.project.folder), choice, { signal, tell });
      return { detail: `seeded by ${seed}` };
    },
    async server({ folder }) {
      server = await buildServer(plan(), folder, newSeen());
      return server;
    },
    async processes() {
      const found = page ? await pageProcess(config().dev ?? {}, cwd) : undefined;
      return found === undefined ? [] : [found];
    },
    prove: (stack) => proveProject(stack, plan()),
    watch: (stack, tools) =>
      watchProject(
        {
          ...options,
          first: plan(),
          server,
          onPlanned: (next) => void (planned = next),
        },
        stack,
        tools,
      ),
  };
}

const count = (number: number, noun: string): string =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;

/** The name in package.json, or that of the folder. */
function nameOf(folder: string): string {
  try {
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { name } = JSON.parse(text) as { readonly name?: unknown };
    return typeof name === 'string' ? name : basename(folder);
  } catch {
    return basename(folder);
  }
}

/** Whether any table of the schema has a row. */
async function hasRows(databaseUrl: string, { made }: Planned): Promise<boolean> {
  const { tables } = made.read.schema;
  if (tables.length === 0) return false;
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const checks = tables.map(
      (table) =>
        sql`exists (select from ${table.schema === undefined ? sql(table.name) : sql`${sql(table.schema)}.${sql(table.name)}`})`,
    );
    const either = checks.reduce((all, one) => sql`${all} or ${one}`);
    const [found] = await sql<[{ some: boolean }]>`select (${either}) as some`;
    return found.some;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

import type { PGlite } from '@electric-sql/pglite';
import { testProject, type TestProject } from '../../src/cli/generate/project.fixture.ts';

export { kit } from '../../src/cli/generate/project.fixture.ts';

/** A project whose migrations are applied to a database as they are generated. */
export interface MadeProject extends Disposable {
  readonly project: TestProject;
  /** Writes the schema, generates, applies what is new, and returns its SQL. */
  become(schema: string): Promise<string>;
  /** The exit code and the output of `garden generate --check`. */
  check(): Promise<{ readonly code: number | null; readonly out: string }>;
}

export function madeProject(database: Pick<PGlite, 'exec'>): MadeProject {
  const project = testProject({});
  const ran = new Set<string>();
  return {
    project,
    async become(schema) {
      project.write({ 'schema.ts': schema });
      const { code, out, err } = await project.generate(['migrations']);
      if (code !== 0) throw new Error(out + err);
      const files = Object.entries(project.migrations())
        .filter(([name]) => name.endsWith('.sql') && !ran.has(name))
        .toSorted(([one], [other]) => (one < other ? -1 : 1));
      for (const [name, text] of files) {
        ran.add(name);
        for (const statement of text.split('--> statement-breakpoint')) {
          await database.exec(statement);
        }
      }
      return files.map(([, text]) => text).join('\n');
    },
    async check() {
      const { code, out, err } = await project.generate(['migrations', '--check']);
      return { code, out: out + err };
    },
    [Symbol.dispose]: () => project[Symbol.dispose](),
  };
}

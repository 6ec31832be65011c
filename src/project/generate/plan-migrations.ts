import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../report/problem.ts';
import { openParser } from '../../read/sql/open-parser.ts';
import type { CompanionSource } from '../../emit/companion/companion-of.ts';
import { planCompanion } from './companion-record.ts';
import { askDrizzleKit, failed } from './drizzle-kit.ts';
import { expectedSql } from './expected-sql.ts';
import { readJournal } from '../../migrations/read-journal.ts';
import { refuseMissingFiles } from '../../migrations/read-migrations.ts';
import type { Project } from '../load-project.ts';
import { nameMigration } from './name-migration.ts';
import type { Missing, Plan } from './plan.ts';
import { readBack } from './read-back.ts';
import { refuseMissingJournal } from './refuse-missing-journal.ts';
import { refuseNotSql } from './refuse-not-sql.ts';
import { refuseOpenViews } from './refuse-open-views.ts';
import { reportAbsent } from './report-absent.ts';
import { renameProblem, schemaDrift } from './schema-drift.ts';
import { stageMigrations } from './stage-migrations.ts';
import { writeUnsupported } from './write-unsupported.ts';
import { writeCustomMigration, writeSchemaMigration } from './write-migration.ts';

export interface MigrationOptions extends CompanionSource {
  /** The name of drizzle-kit's migration. */
  readonly name: string | undefined;
  /** Whether a user at a terminal can answer questions about renames. */
  readonly interactive: boolean;
  /** Whether to write nothing. */
  readonly check: boolean;
  readonly signal: AbortSignal;
}

/** The migrations that are missing to reach the definitions. */
export async function planMigrations(project: Project, options: MigrationOptions): Promise<Plan> {
  const { signal, interactive, check, name } = options;
  // A damaged journal is reported before anything is compared with it.
  const journal = readJournal(project.out);
  const parse = await openParser();
  refuseNotSql(options.schema, parse);
  refuseOpenViews(options.schema.views, options.schema.access, parse);
  const companion = await planCompanion(project, options);
  const { statements: written, renames, wanted, empty } = await schemaDrift(project);
  const statements = written.map((text) => writeUnsupported(text, options.schema.tables));
  // Damaged files are reported first.
  refuseMissingJournal(project.out);
  // The rest would be compared as if it were complete. Only hand-written migrations lack a snapshot.
  refuseMissingFiles(project.out, journal);
  const { before, after } = companion;
  const missing: readonly Missing[] = [
    ...[...before, ...statements, ...after].map((text): Missing => ({ sign: '+', text })),
    ...(renames ?? []).map((text): Missing => ({ sign: '?', text })),
  ];
  const expected = [...expectedSql(project, options.schema), ...companion.wanted];
  const isCurrent = missing.length === 0 && journal !== undefined;
  const cannotAsk = renames !== undefined && !interactive;
  return {
    findings: [
      ...reportAbsent(options.schema, statements),
      ...(isCurrent ? readBack(project, { expected, parse }) : []),
      ...(cannotAsk && !check ? [renameProblem(project, renames)] : []),
    ],
    missing,
    drifted: () => Promise.resolve([]),
    async write() {
      if (cannotAsk) return [];
      if (missing.length === 0 && renames === undefined) {
        // The recorded DROP statements may differ even if no migration is needed.
        if (journal !== undefined) await companion.record(project);
        return [];
      }
      const tags: string[] = [];
      await stageMigrations(project, async (staged) => {
        if (before.length > 0) {
          tags.push(await writeCustomMigration(staged, 'companion_before', before, empty));
        }
        if (renames !== undefined) {
          const tag = await askRenames(project, staged, name ?? 'rename', signal);
          const file = join(staged.out, `${tag}.sql`);
          const text = await readFile(file, 'utf8');
          await writeFile(file, writeUnsupported(text, options.schema.tables));
          tags.push(tag);
        } else if (statements.length > 0) {
          const tag = name ?? nameMigration(statements);
          tags.push(await writeSchemaMigration(staged, tag, statements, wanted));
        }
        if (after.length > 0) {
          tags.push(await writeCustomMigration(staged, 'companion', after, empty));
        }
        const [first, ...others] = readBack(staged, {
          expected,
          parse,
          folder: project.out,
        });
        if (first) throw new ProblemError(first, { others });
        await companion.record(staged);
        signal.throwIfAborted();
      });
      return tags.map((tag) => join(project.out, `${tag}.sql`));
    },
  };
}

async function askRenames(
  project: Project,
  staged: Project,
  name: string,
  signal: AbortSignal,
): Promise<string> {
  const tag = await askDrizzleKit(staged, name, signal);
  const left = await schemaDrift(staged);
  if (tag === undefined || left.renames !== undefined || left.statements.length > 0) {
    throw failed(project, 'did not write everything that the definitions require');
  }
  return tag;
}

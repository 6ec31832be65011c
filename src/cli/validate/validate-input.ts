import { resolve } from 'node:path';
import type { Validation } from '../../check/validation.ts';
import { newSeen } from '../../project/seen.ts';
import type { ValidateInput } from './choose-input.ts';

/** Judges the chosen input. Loads only the modules for that input. */
export async function validateInput(
  input: ValidateInput,
  cwd: string,
  config: string | undefined,
  signal: AbortSignal,
): Promise<Validation> {
  switch (input.kind) {
    case 'project': {
      const { validateProject } = await import('../../project/validate/validate-project.ts');
      return validateProject(cwd, config, newSeen());
    }
    case 'sql': {
      const { readSqlFiles } = await import('../../project/validate/read-sql-files.ts');
      const { validateSql } = await import('../../project/validate/validate-sql.ts');
      const { openScratch } = await import('../../postgres/open-scratch.ts');
      return validateSql(cwd, config, await readSqlFiles(cwd, input.paths), (names) =>
        openScratch(names, signal),
      );
    }
    case 'database':
    case 'folder': {
      const { validateLive } = await import('./validate-live.ts');
      return validateLive(input, cwd, config, signal);
    }
    case 'migrations': {
      const { validateMigrations } = await import('../../project/validate/validate-migrations.ts');
      const { openScratch } = await import('../../postgres/open-scratch.ts');
      return validateMigrations(
        cwd,
        config,
        {
          folder: input.path ?? (await migrationsOf(cwd, config)),
          ...(input.after !== undefined && { after: input.after }),
        },
        (names) => openScratch(names, signal),
      );
    }
  }
}

/** The folder into which drizzle-kit writes migrations. */
async function migrationsOf(cwd: string, config: string | undefined): Promise<string> {
  const { loadDrizzleConfig } = await import('../../project/load-drizzle-config.ts');
  const { settings } = await loadDrizzleConfig(cwd, config, newSeen());
  return resolve(cwd, settings.out ?? 'drizzle');
}

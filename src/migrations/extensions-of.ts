import type { NeededExtension } from '../postgres/pglite-extensions.ts';
import type { Migration, Statement } from './migration.ts';
import { lineOfPosition } from './split-statements.ts';
import { topLevelCommands } from './top-level-commands.ts';

const createExtension =
  /\bcreate\s+extension\s+(?:if\s+not\s+exists\s+)?(?:"([^"]+)"|([a-z_][\w$]*))/gi;

/**
 * The extensions that migrations create. In DO, the statement usually runs only if the
 * server has the extension: then it is optional.
 */
export function extensionsOf(migrations: readonly Migration[]): readonly NeededExtension[] {
  return migrations.flatMap((migration) =>
    migration.statements.flatMap((statement) => extensionsIn(migration, statement)),
  );
}

function extensionsIn(migration: Migration, statement: Statement): readonly NeededExtension[] {
  const matches = [...statement.text.matchAll(createExtension)];
  if (matches.length === 0) return [];
  const commands = new Set(topLevelCommands(statement.text).map(({ position }) => position));
  return matches.map((match) => {
    const [, quoted, plain = ''] = match;
    const position = Array.from(statement.text.slice(0, match.index)).length + 1;
    return {
      name: quoted ?? plain.toLowerCase(),
      place: { file: migration.file, line: lineOfPosition(statement, position) },
      ...(!commands.has(position) && { optional: true }),
    };
  });
}

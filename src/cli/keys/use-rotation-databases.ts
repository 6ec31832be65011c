import type { DatabaseChoice } from '../../command/choose-database.ts';
import { useDatabase } from '../../command/use-database.ts';
import type { RotationDatabases } from '../../secrets/rotate/rotate-column.ts';
import { withRotationLock } from '../../secrets/rotate/with-rotation-lock.ts';

/**
 * Opens the connections of a rotation, of which only one runs in a database at a time. An embedded
 * database has one connection, and belongs to one process anyway.
 */
export function useRotationDatabases<Result>(
  choice: DatabaseChoice,
  signal: AbortSignal,
  work: (databases: RotationDatabases) => Promise<Result>,
): Promise<Result> {
  return useDatabase(choice, signal, (db) =>
    choice.kind === 'folder'
      ? work({ reader: db, writer: db })
      : withRotationLock(db, (reader) =>
          useDatabase(choice, signal, (writer) => work({ reader, writer })),
        ),
  );
}

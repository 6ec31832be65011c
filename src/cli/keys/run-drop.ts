import type { App } from '../../command/app.ts';
import { placeOf } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson, escapeControls } from '../../command/escape-controls.ts';
import { useDatabase } from '../../command/use-database.ts';
import { ProblemError } from '../../report/problem.ts';
import type { EncryptedColumn } from '../../secrets/rotate/encrypted-columns.ts';
import { usesOfKeys, type KeyUse } from '../../secrets/rotate/uses-of-keys.ts';
import { waitForWriters } from '../../secrets/rotate/wait-for-writers.ts';
import { changeRing } from '../../secrets/write-ring.ts';
import { chooseRing, requireRingFile } from './choose-ring.ts';
import { chooseKeyColumns } from './key-columns.ts';
import { noSuchKey } from './no-such-key.ts';

/** `garden keys drop ID`: removes a key that no value uses from the file. */
export async function runDrop(
  context: CommandContext,
  id: string,
  apps: readonly [App, ...App[]],
): Promise<number> {
  const { io, signal, paint, flag } = context;
  const file = requireRingFile(context);
  const { entries, source } = chooseRing(context);
  refuseCurrent(id, source, entries);
  const { columns, choice } = await chooseKeyColumns(context, apps);
  await useDatabase(choice, signal, async (db) => {
    await waitForWriters(db, columns);
    const uses = (await usesOfKeys(db, columns)).filter((use) => use.id === id);
    if (uses.length > 0) throw inUse(id, uses);
    changeRing(file, (now) => {
      const [first, ...others] = now.filter((entry) => entry.id !== id);
      if (first === undefined || first.id !== entries[0].id) throw changed(source);
      return [first, ...others];
    });
  });
  io.stdout.write(
    flag('json')
      ? `${escapedJson({ id, ring: source, database: placeOf(choice, io.cwd), dropped: true }, 2)}\n`
      : `${paint('green', '✓')} ${id} is removed from ${escapeControls(source)}. ${unusedIn(columns)}\n`,
  );
  return 0;
}

const unusedIn = (columns: readonly EncryptedColumn[]): string =>
  `No value of ${columns.map(({ table, name }) => `${table}.${name}`).join(', ')} uses it.`;

function refuseCurrent(
  id: string,
  source: string,
  entries: readonly { readonly id: string }[],
): void {
  if (entries.every((entry) => entry.id !== id)) throw noSuchKey(id, source, entries);
  if (entries[0]?.id !== id) return;
  throw new ProblemError({
    code: 'secrets/current-key',
    message: `${id} is the current key, which encrypts new values.`,
    fix: 'make another key with `garden keys new`, rotate, and drop it then.',
  });
}

function inUse(id: string, uses: readonly KeyUse[]): ProblemError {
  const total = uses.reduce((sum, { count }) => sum + count, 0);
  return new ProblemError({
    code: 'secrets/key-in-use',
    message: `${total.toLocaleString('en-US')} ${total === 1 ? 'value uses' : 'values use'} the key ${id}.`,
    context: uses.map(
      ({ column, count }) => `${column.table}.${column.name}: ${count.toLocaleString('en-US')}`,
    ),
    fix: 'run `garden keys rotate` first. If new values appear, a server still has this key first in its ring.',
  });
}

const changed = (source: string): ProblemError =>
  new ProblemError({
    code: 'secrets/ring-busy',
    message: 'another command changed the key ring meanwhile.',
    context: [source],
    fix: 'run it again.',
  });

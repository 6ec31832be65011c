import type { App } from '../../command/app.ts';
import { describeChoice, placeOf } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson, escapeControls } from '../../command/escape-controls.ts';
import { useDatabase } from '../../command/use-database.ts';
import { usesOfKeys, type KeyUse } from '../../secrets/rotate/uses-of-keys.ts';
import { chooseRing } from './choose-ring.ts';
import { chooseKeyColumns } from './key-columns.ts';

interface ListedKey {
  /** null: the values are no ciphertexts. */
  readonly id: string | null;
  readonly state: 'current' | 'old' | 'missing' | 'not encrypted';
  readonly values: number;
  readonly columns: readonly { readonly column: string; readonly values: number }[];
}

/** `garden keys list`. The exit code is 1 if a value cannot be decrypted with the ring. */
export async function runList(
  context: CommandContext,
  apps: readonly [App, ...App[]],
): Promise<number> {
  const { io, signal, flag } = context;
  const { entries, source } = chooseRing(context);
  const { columns, choice } = await chooseKeyColumns(context, apps);
  const uses = await useDatabase(choice, signal, (db) => usesOfKeys(db, columns));
  const ids = [...new Set([...entries.map(({ id }) => id), ...uses.map(({ id }) => id).sort()])];
  const keys = ids.map((id): ListedKey => {
    const at = entries.findIndex((entry) => entry.id === id);
    const state = at === 0 ? 'current' : at > 0 ? 'old' : id === '' ? 'not encrypted' : 'missing';
    return { id: id === '' ? null : id, state, ...valuesOf(uses.filter((use) => use.id === id)) };
  });
  const database = placeOf(choice, io.cwd);
  io.stdout.write(
    flag('json')
      ? `${escapedJson({ ring: source, database, keys }, 2)}\n`
      : printKeys(keys, source, describeChoice(choice, io.cwd), context),
  );
  return keys.some(({ state }) => state === 'missing' || state === 'not encrypted') ? 1 : 0;
}

const valuesOf = (uses: readonly KeyUse[]): Pick<ListedKey, 'values' | 'columns'> => ({
  values: uses.reduce((sum, { count }) => sum + count, 0),
  columns: uses.map(({ column, count }) => ({
    column: `${column.table}.${column.name}`,
    values: count,
  })),
});

const ID_WIDTH = 17;
const STATE_WIDTH = 13;
const COUNT_WIDTH = 11;

function printKeys(
  keys: readonly ListedKey[],
  source: string,
  database: string,
  { paint }: Pick<CommandContext, 'paint'>,
): string {
  const lines = keys.map(({ id, state, values, columns }) => {
    const isBad = state === 'missing' || state === 'not encrypted';
    const shown = state.padEnd(STATE_WIDTH);
    const where = columns.map((one) => `${one.column} ${number(one.values)}`).join(', ');
    return `  ${(id ?? '').padEnd(ID_WIDTH)}  ${isBad ? paint('red', shown) : shown}  ${number(values).padStart(COUNT_WIDTH)}  ${escapeControls(where)}`;
  });
  const head = `${paint('bold', 'Keys')} of ${escapeControls(source)}, and the values that they encrypt in ${database}`;
  return `${[head, ...lines.map((line) => line.trimEnd())].join('\n')}\n`;
}

const number = (value: number): string => value.toLocaleString('en-US');

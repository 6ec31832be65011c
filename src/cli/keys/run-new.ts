import { relative } from 'node:path';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson, escapeControls } from '../../command/escape-controls.ts';
import { VARIABLE } from '../../secrets/find-ring.ts';
import { newKey } from '../../secrets/new-key.ts';
import { printEntry } from '../../secrets/ring-text.ts';
import { changeRing } from '../../secrets/write-ring.ts';
import { chooseRingFile, loadKeyService } from './choose-ring.ts';
import { configFolder } from './key-columns.ts';

/** `garden keys new`: adds a key to the file, or prints it. */
export async function runNew(context: CommandContext): Promise<number> {
  const { io, paint, flag, text } = context;
  const file = chooseRingFile(context);
  const entry = await newKey(await loadKeyService(configFolder(context)));
  const { id } = entry;
  if (file === undefined) {
    const line = printEntry(entry);
    io.stdout.write(flag('json') ? `${escapedJson({ id, entry: line }, 2)}\n` : `${line}\n`);
    const variable = text('variable') ?? VARIABLE;
    if (!flag('json')) {
      io.stderr.write(
        `This is a secret. Put it ${flag('standby') ? 'last' : 'first'} in ${variable}, separated by a comma from the other keys.\n`,
      );
    }
    return 0;
  }
  let isCurrent = true;
  changeRing(file, (entries) => {
    const [first, ...others] = entries;
    isCurrent = first === undefined || !flag('standby');
    return first !== undefined && flag('standby') ? [first, ...others, entry] : [entry, ...entries];
  });
  const shown = relative(io.cwd, file) || file;
  io.stdout.write(
    flag('json')
      ? `${escapedJson({ id, file: shown, current: isCurrent }, 2)}\n`
      : `${paint('green', '✓')} ${id} is ${isCurrent ? 'the current key' : 'a key that only decrypts'} of ${escapeControls(shown)}.\n`,
  );
  return 0;
}

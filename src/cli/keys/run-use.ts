import { relative } from 'node:path';
import type { CommandContext } from '../../command/command.ts';
import { escapedJson, escapeControls } from '../../command/escape-controls.ts';
import { changeRing } from '../../secrets/write-ring.ts';
import { requireRingFile } from './choose-ring.ts';
import { noSuchKey } from './no-such-key.ts';

/** `garden keys use ID`: makes a key of the file the current one. */
export async function runUse(context: CommandContext, id: string): Promise<number> {
  const { io, paint, flag } = context;
  const file = requireRingFile(context);
  changeRing(file, (entries) => {
    const chosen = entries.find((entry) => entry.id === id);
    if (chosen === undefined) throw noSuchKey(id, file, entries);
    return [chosen, ...entries.filter((entry) => entry !== chosen)];
  });
  const shown = relative(io.cwd, file) || file;
  io.stdout.write(
    flag('json')
      ? `${escapedJson({ id, file: shown, current: true }, 2)}\n`
      : `${paint('green', '✓')} ${id} is the current key of ${escapeControls(shown)}.\n`,
  );
  return 0;
}

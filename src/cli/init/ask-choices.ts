import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { CommandContext } from '../../command/command.ts';
import type { FolderState } from '../../project/init/folder-state.ts';
import type { InitChoices } from '../../project/init/plan-init.ts';

/** The choices from the command line. Asks the user for the others. */
export async function askChoices(
  { io, flag, signal }: CommandContext,
  { kind, hasPage }: FolderState,
): Promise<InitChoices> {
  const chosen: InitChoices = {
    schema: flag('empty') ? 'empty' : 'example',
    page: !flag('no-page') && !hasPage,
  };
  const asks = !flag('yes') && !flag('json') && io.stdout.isTTY && process.stdin.isTTY;
  if (!asks || kind === 'drizzle') return chosen;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const isYes = async (question: string): Promise<boolean> =>
    !/^n/i.test((await lines.question(`${question} (Y/n) `, { signal })).trim());
  try {
    return {
      schema:
        flag('empty') || !(await isYes('Write the example, organisations with issues?'))
          ? 'empty'
          : 'example',
      page: chosen.page && (await isYes('Write a page with Vite and React?')),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}

import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { CommandContext } from '../../command/command.ts';
import type { FolderState } from '../../project/init/folder-state.ts';
import type { InitChoices } from '../../project/init/plan-init.ts';

/** The choices from the command line. Asks the user for the others. */
export async function askChoices(
  { io, flag, signal }: CommandContext,
  { kind }: FolderState,
): Promise<InitChoices> {
  const chosen: InitChoices = {
    schema: flag('empty') ? 'empty' : 'example',
    page: !flag('no-page') && (kind === 'empty' || kind === 'other'),
  };
  const asks = !flag('yes') && !flag('json') && io.stdout.isTTY && process.stdin.isTTY;
  if (!asks || kind === 'drizzle') return chosen;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const isYes = async (question: string, keys: 'Y/n' | 'y/N' = 'Y/n'): Promise<boolean> => {
    const answer = (await lines.question(`${question} (${keys}) `, { signal })).trim();
    return keys === 'Y/n' ? !/^n/i.test(answer) : /^y/i.test(answer);
  };
  try {
    return {
      schema:
        flag('empty') || !(await isYes('Write the example, organisations with issues?'))
          ? 'empty'
          : 'example',
      page:
        kind === 'node' && !flag('no-page')
          ? await isYes('Write a page with Vite and React?', 'y/N')
          : chosen.page && (await isYes('Write a page with Vite and React?')),
    };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    lines.close();
  }
}

import type { App } from '../../command/app.ts';
import type { CommandContext } from '../../command/command.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

const ACTIONS = ['new', 'use', 'list', 'rotate', 'drop'] as const;
type Action = (typeof ACTIONS)[number];

/** The actions that need a key's id. */
const WITH_ID: readonly string[] = ['use', 'drop'] satisfies Action[];

/** Options that apply only to one action. */
const OWN: Readonly<Record<string, Action>> = { standby: 'new', batch: 'rotate' };

/** Runs an action of `garden keys`. Modules of the others are not loaded. */
export async function chooseAction(
  context: CommandContext,
  apps: readonly [App, ...App[]],
): Promise<number> {
  const [typed, id, ...others] = context.allArguments;
  const action = ACTIONS.find((one) => one === typed);
  if (action === undefined) throw unknownAction(typed);
  refuseOptions(context, action);
  const isGiven = id !== undefined;
  if (isGiven !== WITH_ID.includes(action) || others.length > 0) throw wrongId(action);
  switch (action) {
    case 'new':
      return (await import('./run-new.ts')).runNew(context);
    case 'use':
      return (await import('./run-use.ts')).runUse(context, id!);
    case 'list':
      return (await import('./run-list.ts')).runList(context, apps);
    case 'rotate':
      return (await import('./run-rotate.ts')).runRotate(context, apps);
    case 'drop':
      return (await import('./run-drop.ts')).runDrop(context, id!, apps);
  }
}

function unknownAction(typed: string | undefined): ProblemError {
  const nearest = typed === undefined ? undefined : nearestName(typed, ACTIONS);
  return new ProblemError({
    code: typed === undefined ? 'cli/missing-value' : 'cli/bad-value',
    message:
      typed === undefined
        ? 'garden keys needs an action.'
        : `garden keys has no action ${JSON.stringify(typed)}.`,
    fix: `${nearest === undefined ? `the actions are: ${ACTIONS.join(', ')}.` : `did you mean ${nearest}?`} \`garden keys --help\` describes them.`,
  });
}

function wrongId(action: Action): ProblemError {
  const needs = WITH_ID.includes(action);
  return new ProblemError({
    code: needs ? 'cli/missing-value' : 'cli/unexpected-argument',
    message: `garden keys ${action} ${needs ? 'needs the id of one key' : 'accepts no further argument'}.`,
    fix: needs
      ? `write garden keys ${action} ID; \`garden keys list\` shows the ids.`
      : `write garden keys ${action}.`,
  });
}

function refuseOptions({ flag, text }: CommandContext, action: Action): void {
  const wrong = Object.entries(OWN).find(
    ([option, owner]) => owner !== action && (flag(option) || text(option) !== undefined),
  );
  if (wrong === undefined) return;
  const [option, owner] = wrong;
  throw new ProblemError({
    code: 'cli/unknown-option',
    message: `--${option} is an option of garden keys ${owner}, not of garden keys ${action}.`,
    fix: `leave out --${option}.`,
  });
}

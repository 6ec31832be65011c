import { appOptions, chooseApp, type App } from '../../command/app.ts';
import type { Command } from '../../command/command.ts';

/** Each app plants its own: the options are those of all of them. */
export function seedCommand(apps: readonly [App, ...App[]]): Command {
  const [first] = apps;
  const options = new Map(
    apps.flatMap(({ seed }) => seed.options).map((option) => [option.name, option]),
  );
  return {
    ...first.seed,
    name: 'seed',
    options: [...appOptions(apps), ...options.values()],
    run: (context) => chooseApp(apps, context).seed.run(context),
  };
}

import { escapeControls } from '../../../../command/escape-controls.ts';
import type { Paint } from '../../../../command/paint.ts';
import type { GardenView } from './read-garden.ts';

interface PrintOptions {
  readonly paint: Paint;
  /** Whether this run inserted the rows. */
  readonly planted: boolean;
  readonly width: number;
}

/** Formats a garden for the terminal. */
export function printGarden(found: GardenView, { paint, planted, width }: PrintOptions): string {
  const view = escapeView(found);
  const { packages, requests } = view;
  const lines = [
    '',
    `${planted ? 'Created a new garden' : 'Existing garden'}: ${show(view.counts.packages)} packages, ${show(view.counts.versions)} versions, ${show(view.counts.dependencies)} dependencies, ${show(view.counts.tags)} tags.`,
    'Tagged packages with the most dependents:',
    '',
    ...packages.flatMap((one) => {
      const title = `${one.name}  ${one.latest}`.padEnd(nameWidth(view));
      const tags = one.tags.map((tag) => `#${tag}`).join(' ');
      return [
        `  ${paint('bold', title)}  ${paint('dim', `${one.registry}, ${count(one.versions, 'version')}`)}${tags && `  ${paint('cyan', tags)}`}`,
        `    ${cut(one.description, width - 4)}`,
        ...one.needs
          .slice(0, 3)
          .map(({ name, range, got }) => `    needs ${name} ${range}${known(range, got)}`),
        ...(one.needs.length > 3 ? [`    and ${one.needs.length - 3} more`] : []),
      ];
    }),
    '',
    ...requests.map(
      ({ name, status, by }) => `  ${paint('yellow', status)}  ${name}, requested by ${by}`,
    ),
    '',
    'Next:',
    ...nextSteps(paint),
    '',
  ];
  return lines.join('\n');
}

/** Escapes control characters, because users and registries write these texts. */
const escapeView = ({ counts, packages, requests }: GardenView): GardenView => ({
  counts,
  packages: packages.map((one) => ({
    ...one,
    name: escapeControls(one.name),
    latest: escapeControls(one.latest),
    description: escapeControls(one.description),
    tags: one.tags.map(escapeControls),
    needs: one.needs.map(({ name, range, got }) => ({
      name: escapeControls(name),
      range: escapeControls(range),
      got: escapeControls(got),
    })),
  })),
  requests: requests.map(({ name, status, by }) => ({
    name: escapeControls(name),
    status,
    by: escapeControls(by),
  })),
});

const nameWidth = ({ packages }: GardenView): number =>
  Math.max(...packages.map(({ name, latest }) => name.length + latest.length + 2));

const show = (n: number): string => n.toLocaleString('en-GB');

const known = (range: string, got: string): string => (got === range ? '' : `, resolved to ${got}`);

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`;

/** Suggested next commands, for this repository or for a project that has the package installed. */
function nextSteps(paint: Paint): readonly string[] {
  const inRepository = import.meta.url.endsWith('.ts');
  const steps = inRepository
    ? [
        ['npm test', 'test the schema on PGlite and on a real Postgres'],
        ['npx drizzle-kit studio', 'browse the tables; close it before you run other commands'],
        ['npm run garden -- --help', 'list all commands'],
      ]
    : [['npx garden --help', 'list all commands']];
  return steps.map(
    ([command = '', meaning = '']) => `  ${paint('bold', command.padEnd(26))}  ${meaning}`,
  );
}

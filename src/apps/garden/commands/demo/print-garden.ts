import { escapeControls } from '../../../../command/escape-controls.ts';
import type { Paint } from '../../../../command/paint.ts';
import type { GardenView } from './read-garden.ts';

interface PrintOptions {
  readonly paint: Paint;
  /** Whether this run put the rows in. */
  readonly planted: boolean;
  readonly width: number;
}

/** Lays a garden out for a person. */
export function printGarden(found: GardenView, { paint, planted, width }: PrintOptions): string {
  const view = escapeView(found);
  const { packages, requests } = view;
  const lines = [
    '',
    `${planted ? 'A first garden was planted' : 'The garden, as it was left'}: ${show(view.counts.packages)} packages, ${show(view.counts.versions)} versions, ${show(view.counts.dependencies)} dependencies, ${show(view.counts.tags)} tags.`,
    'Of those with tags, most others need:',
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
      ({ name, status, by }) => `  ${paint('yellow', status)}  ${name}, asked for by ${by}`,
    ),
    '',
    'Next:',
    ...nextSteps(paint),
    '',
  ];
  return lines.join('\n');
}

/** People and registries wrote it. */
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

const known = (range: string, got: string): string => (got === range ? '' : `, which is ${got}`);

const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(width - 1, 0))}…`;

/** What to do next, in this repository or in a project that has the package installed. */
function nextSteps(paint: Paint): readonly string[] {
  const inRepository = import.meta.url.endsWith('.ts');
  const steps = inRepository
    ? [
        ['npm test', 'every rule of this schema, tried on PGlite and on a real Postgres'],
        ['npx drizzle-kit studio', 'look around in the tables; run nothing else on them meanwhile'],
        ['npm run garden -- --help', 'what else there is'],
      ]
    : [['npx garden --help', 'what else there is']];
  return steps.map(
    ([command = '', meaning = '']) => `  ${paint('bold', command.padEnd(26))}  ${meaning}`,
  );
}

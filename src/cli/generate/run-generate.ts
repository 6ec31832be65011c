import { relative, resolve } from 'node:path';
import { planZero } from '../../emit/zero/plan-zero.ts';
import { formatProblem, ProblemError, type Finding } from '../../problem.ts';
import { readAccess } from '../../read/read-access.ts';
import { readSchema } from '../../read/read-schema.ts';
import type { CommandContext } from '../command.ts';
import { relativePlaces } from '../relative-places.ts';
import { loadGardenConfig } from './load-garden-config.ts';
import { loadProject } from './load-project.ts';
import type { Plan } from './plan.ts';
import {
  countFindings,
  describeDrift,
  printDrift,
  printFindings,
  printMissing,
} from './print-plan.ts';
import { watchFiles } from './watch-files.ts';

export interface GenerateOptions {
  /** Only this one; without it all that the project asks for. */
  readonly target: 'migrations' | 'zero' | undefined;
  readonly check: boolean;
  /** Goes on, and writes the files of zero whenever the schema changes. */
  readonly watch: boolean;
  readonly json: boolean;
  readonly config: string | undefined;
  readonly out: string | undefined;
  readonly name: string | undefined;
  readonly interactive: boolean;
}

type Context = Pick<CommandContext, 'io' | 'paint' | 'signal'>;

/** Plans every target, tells of all findings, and writes or shows what differs. */
export async function runGenerate(context: Context, options: GenerateOptions): Promise<number> {
  if (options.watch) return watchZero(context, options);
  const { plans, findings } = await planTargets(context, options);
  context.signal.throwIfAborted();
  const code = options.check
    ? check(plans, findings, context, options)
    : await write(plans, findings, context, options);
  return findings.some(({ severity }) => severity === 'error') ? 1 : code;
}

/** A migration for each time a file is saved is nothing that anybody wants. */
async function watchZero(context: Context, options: GenerateOptions): Promise<number> {
  const { io, paint, signal } = context;
  let inputs: readonly string[] = [];
  await watchFiles(async () => {
    try {
      const planned = await planTargets(context, { ...options, target: 'zero' });
      inputs = planned.inputs;
      await write(planned.plans, planned.findings, context, options);
    } catch (error) {
      // It is mended in an editor, and the same files tell when.
      if (inputs.length === 0 || !(error instanceof ProblemError)) throw error;
      io.stderr.write(`${formatProblem(relativePlaces(error.problem, io.cwd))}\n`);
    }
    io.stdout.write(`${paint('dim', 'Waiting for changes; Ctrl-C ends it.')}\n`);
    return inputs;
  }, signal);
  return 0;
}

interface Planned {
  readonly plans: readonly Plan[];
  readonly findings: readonly Finding[];
  /** The files of the user's that it all was made from. */
  readonly inputs: readonly string[];
}

async function planTargets({ io, signal }: Context, options: GenerateOptions): Promise<Planned> {
  const project = await loadProject(io.cwd, options.config);
  const garden = await loadGardenConfig(project.folder);
  const { casing } = project.settings;
  const { relations } = garden.config.zero ?? {};
  const { schema, findings } = readSchema({
    files: project.files,
    ...(casing && { casing }),
    ...(relations && { settled: { relations } }),
  });
  const access = readAccess(project.exports);
  const wantsZero =
    options.target === 'zero' || (options.target === undefined && garden.config.zero !== undefined);
  const zero =
    wantsZero || garden.config.zero
      ? planZero(schema, access?.rules, garden.config.zero)
      : undefined;
  const plans: Plan[] = [];
  if (options.target !== 'zero') {
    // What one target needs, drizzle-kit above all, would cost the other its speed.
    const { planMigrations } = await import('./plan-migrations.ts');
    const publication = garden.config.zero && zero?.publication;
    plans.push(await planMigrations(project, { ...options, schema, access, publication, signal }));
  }
  if (wantsZero && zero) {
    const { planZeroFiles } = await import('./plan-zero.ts');
    plans.push(
      await planZeroFiles(project, {
        config: garden.config.zero ?? {},
        zero,
        rules: access?.rules,
        out: options.out === undefined ? undefined : resolve(io.cwd, options.out),
      }),
    );
  }
  return {
    plans,
    findings: [
      ...(wantsZero ? findings : findings.map(forMigrations)),
      ...plans.flatMap((plan) => plan.findings),
    ].map((finding) => relativePlaces(finding, io.cwd)),
    inputs: [project.configFile, ...garden.inputs, ...project.inputs],
  };
}

/** Migrations know nothing of relations: what is wrong with one is told, and stops nobody. */
const forMigrations = (finding: Finding): Finding =>
  /^schema\/(?:relation|unknown-relation)/.test(finding.code)
    ? { ...finding, severity: 'warning' }
    : finding;

function check(
  plans: readonly Plan[],
  findings: readonly Finding[],
  { io, paint }: Context,
  { json }: GenerateOptions,
): number {
  const missing = plans.flatMap((plan) => plan.missing);
  const drifted = plans.flatMap((plan) => plan.drifted);
  const current = missing.length === 0 && drifted.length === 0;
  if (json) {
    const renames = missing.filter(({ sign }) => sign === '?').map(({ text }) => text);
    io.stdout.write(
      printJson({
        missing: missing.filter(({ sign }) => sign === '+').map(({ text }) => text),
        ...(renames.length > 0 && { renames }),
        files: drifted.map((drift) => describeDrift(drift, io.cwd)),
        findings,
      }),
    );
    return current ? 0 : 1;
  }
  io.stderr.write(printFindings(findings, paint));
  io.stdout.write(printMissing(missing, paint) + printDrift(drifted, io.cwd, paint));
  const red = paint('red', 'Not up to date.');
  io.stdout.write(
    current
      ? `${paint('green', 'Up to date:')} all that is generated says what the definitions say.\n`
      : missing.some(({ sign }) => sign === '?')
        ? `${red} drizzle-kit has to ask whether something was renamed. \`garden generate\` on a terminal lets it.\n`
        : `${red} \`garden generate\` writes what is missing.\n`,
  );
  return current ? 0 : 1;
}

async function write(
  plans: readonly Plan[],
  findings: readonly Finding[],
  { io, paint }: Context,
  { json }: GenerateOptions,
): Promise<number> {
  const written: string[] = [];
  // oxlint-disable-next-line no-await-in-loop
  for (const plan of plans) written.push(...(await plan.write()));
  const names = written.map((file) => relative(io.cwd, file));
  if (json) {
    io.stdout.write(printJson({ written: names, findings }));
    return 0;
  }
  io.stderr.write(printFindings(findings, paint));
  for (const name of names) io.stdout.write(`${paint('green', '+')} ${name}\n`);
  if (names.length === 0) io.stdout.write('Nothing to write: all is up to date.\n');
  const count = countFindings(findings);
  if (count !== '') io.stdout.write(`${count}, told above.\n`);
  return 0;
}

const printJson = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

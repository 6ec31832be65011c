import type { App } from '../../command/app.ts';
import { describeChoice, type DatabaseChoice } from '../../command/choose-database.ts';
import type { CommandContext } from '../../command/command.ts';
import { withPatient } from '../../maintain/doctor/with-patient.ts';
import type { Patient } from '../../maintain/doctor/patient.ts';
import { openPgliteFolder } from '../../postgres/open-pglite-folder.ts';
import { diagnose } from '../../project/operate/diagnose.ts';
import { ProblemError } from '../../report/problem.ts';
import { chooseWithDev } from '../dev/running-database.ts';
import { reportFailure } from '../report-failure.ts';
import { definitionsOf, doctorSubject } from './doctor-subject.ts';
import { keepSizes, keptSizes } from './kept-sizes.ts';
import { printDiagnosis } from './print-diagnosis.ts';
import { progressLine } from './progress-line.ts';

/** Runs `garden doctor`. The exit code is 1 after an error, and 2 if nothing could be checked. */
export async function runDoctor(
  context: CommandContext,
  apps: readonly App[],
  maxWarnings: number = Infinity,
): Promise<number> {
  const { io, signal, flag } = context;
  try {
    const subject = await doctorSubject(context, apps);
    const choice = await chooseWithDev(context, subject);
    const definitions = await definitionsOf(context, subject).catch(reasonOf);
    const progress = progressLine(io.stderr, signal);
    const diagnosis = await onPatient(choice, signal, async (patient) => {
      const place = choice.kind === 'url' ? choice.place : describeChoice(choice, io.cwd);
      const previous = await keptSizes(io.cwd, place);
      const result = await diagnose(patient, {
        place,
        ...(flag('deep') && { limits: { deep: true } }),
        ...(definitions !== undefined && { definitions }),
        ...(previous && { previous }),
        onCheck: progress.show,
      });
      await keepSizes(io.cwd, place, result.facts);
      return result;
    }).finally(progress.clear);
    io.stdout.write(printDiagnosis(diagnosis, context));
    const errors = diagnosis.findings.filter(({ severity }) => severity === 'error').length;
    return errors > 0 || diagnosis.findings.length - errors > maxWarnings ? 1 : 0;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ProblemError)) throw error;
    // Nothing was checked, so the exit code is always 2 here.
    reportFailure(error, io, flag('json'));
    return 2;
  }
}

/** The database can be examined without the definitions. */
function reasonOf(error: unknown): string {
  if (!(error instanceof ProblemError)) throw error;
  const { code, message } = error.problem;
  return `the definitions cannot be read: ${code}: ${message.replace(/\.$/, '')}`;
}

async function onPatient<Result>(
  choice: DatabaseChoice,
  signal: AbortSignal,
  work: (patient: Patient) => Promise<Result>,
): Promise<Result> {
  if (choice.kind === 'url') return withPatient(choice.url, signal, work);
  const { client, close } = await openPgliteFolder(choice.folder, { create: false });
  try {
    return await withPatient(client, signal, work);
  } finally {
    await close();
  }
}

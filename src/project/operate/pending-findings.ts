import type { DoctorFinding } from '../../maintain/doctor/examine.ts';
import type { Patient } from '../../maintain/doctor/patient.ts';
import { readHistory } from '../../migrations/history.ts';
import { planPending } from '../../migrations/plan-pending.ts';
import { readMigrations } from '../../migrations/read-migrations.ts';
import { ProblemError } from '../../report/problem.ts';

/** Migrations of the folder that the database does not have, or that conflict with its history. */
export async function pendingFindings(
  patient: Patient,
  folder: string,
  place: string,
): Promise<readonly DoctorFinding[]> {
  const shared = { severity: 'error', code: 'doctor/migrations', group: 'drift' } as const;
  try {
    const rows = await readHistory({
      rows: (sql) => patient.query(sql),
      run: async (sql) => void (await patient.query(sql)),
    });
    const { pending, alreadyApplied } = planPending(readMigrations(folder), rows, place);
    if (pending.length === 0) return [];
    return [
      {
        ...shared,
        message: `${pending.length} migrations are not applied: ${pending.map(({ tag }) => tag).join(', ')}.`,
        evidence: `drizzle.__drizzle_migrations: ${alreadyApplied} applied`,
        fix: 'run garden migrate.',
      },
    ];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { message, fix, code, context = [] } = error.problem;
    return [{ ...shared, message, evidence: `${code}: ${context.join('; ')}`, fix }];
  }
}

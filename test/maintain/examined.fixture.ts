import type { PGlite } from '@electric-sql/pglite';
import { DOCTOR_CHECKS } from '../../src/maintain/doctor/doctor-checks.ts';
import type { DoctorLimits } from '../../src/maintain/doctor/doctor-limits.ts';
import { examine, type DoctorFinding } from '../../src/maintain/doctor/examine.ts';
import type { Patient } from '../../src/maintain/doctor/patient.ts';

/** A fault, planted in a database. */
export interface Planted {
  /** The check that finds it, without `doctor/`. */
  readonly check: string;
  readonly name: string;
  readonly sql: string;
  /** The object of the finding; null if it has none. */
  readonly object: string | null;
  readonly severity?: 'error' | 'warning';
  readonly evidence: RegExp;
  readonly limits?: Partial<DoctorLimits>;
}

/** Findings of one check, in a transaction of the caller that is rolled back later. */
export async function findingsOf(
  patient: Patient,
  check: string,
  limits: Partial<DoctorLimits> = {},
): Promise<readonly DoctorFinding[]> {
  const checks = DOCTOR_CHECKS.filter(({ code }) => code === `doctor/${check}`);
  const { findings, notChecked } = await examine(patient, { checks, limits });
  if (checks.length !== 1 || notChecked.length > 0) {
    throw new Error(`${check}: ${JSON.stringify(notChecked)}`);
  }
  return findings;
}

/** A PGlite inside a transaction, in which a probe that fails must not end the transaction. */
export const insideTransaction = (client: PGlite): Patient => ({
  embedded: false,
  async query<Row>(sql: string, settings = '') {
    await client.exec(`savepoint look; ${settings}`);
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.exec('rollback to savepoint look');
    }
  },
});

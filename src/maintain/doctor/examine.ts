import type { Finding } from '../../report/problem.ts';
import type { DoctorCheck, DoctorGroup, Fault } from './doctor-check.ts';
import { DOCTOR_CHECKS } from './doctor-checks.ts';
import { DOCTOR_LIMITS, type DoctorLimits } from './doctor-limits.ts';
import type { Patient } from './patient.ts';
import { refusal } from './refusal.ts';
import { runProbes } from './run-probes.ts';

/** A finding of `garden doctor`. */
export interface DoctorFinding extends Finding {
  readonly group: DoctorGroup;
  /** What the database said. */
  readonly evidence: string;
}

/** A check, or a part of one, that was not possible. It never counts as passed. */
export interface NotChecked {
  readonly check: string;
  /** A sentence without its full stop. */
  readonly reason: string;
}

export interface Examination {
  readonly findings: readonly DoctorFinding[];
  readonly notChecked: readonly NotChecked[];
  /** The codes of the checks that ran. */
  readonly checks: readonly string[];
}

export interface ExamineOptions {
  readonly limits?: Partial<DoctorLimits>;
  readonly checks?: readonly DoctorCheck[];
  /** Called before each check. */
  readonly onCheck?: (check: DoctorCheck) => void;
}

/** Runs the checks on a live database. It writes nothing. */
export async function examine(
  patient: Patient,
  { limits, checks = DOCTOR_CHECKS, onCheck = () => {} }: ExamineOptions = {},
): Promise<Examination> {
  const all = { ...DOCTOR_LIMITS, ...limits };
  const findings: DoctorFinding[] = [];
  const notChecked: NotChecked[] = [];
  const ran: string[] = [];
  for (const check of checks) {
    const skip = (reason: string): void => void notChecked.push({ check: check.code, reason });
    if (check.serverOnly && patient.embedded) {
      skip('an embedded Postgres has a single session and no processes');
      continue;
    }
    onCheck(check);
    try {
      const faults = await patient.query<Fault>(check.sql(all), SETTINGS);
      ran.push(check.code);
      for (const fault of faults) if (fault.severity === 'unknown') skip(fault.message);
      const known = faults.filter(({ severity }) => severity !== 'unknown');
      findings.push(
        ...known.filter(({ probe }) => probe === null).map((one) => findingOf(check, one)),
      );
      const { found, unread } = await runProbes(
        patient,
        known.filter(({ probe }) => probe !== null),
        settingsOf(check),
      );
      findings.push(...found.map((fault) => findingOf(check, fault)));
      unread.forEach(({ object, reason }) => skip(`${object ?? 'a part of it'}: ${reason}`));
    } catch (error) {
      skip(refusal(error));
    }
  }
  return { findings, notChecked, checks: ran };
}

/** Names in the queries are those of Postgres, and it prints other names with their schema. */
const SETTINGS = "set local search_path = pg_catalog; set local timezone = 'UTC'";

const settingsOf = ({ withoutIndexes }: DoctorCheck): string =>
  // Otherwise policies would silently hide rows.
  `${SETTINGS}; set local row_security = off${
    withoutIndexes
      ? '; set local enable_indexscan = off; set local enable_indexonlyscan = off; set local enable_bitmapscan = off'
      : ''
  }`;

const findingOf = (
  { code, group }: DoctorCheck,
  { severity, object, message, evidence, fix }: Fault,
): DoctorFinding => ({
  severity: severity === 'error' ? 'error' : 'warning',
  code,
  group,
  ...(object !== null && { object }),
  message,
  evidence: evidence ?? '',
  fix: fix ?? '',
});

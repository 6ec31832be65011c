import type { ValidateConfig } from '../../check/validate-config.ts';
import { DOCTOR_GROUPS, type DoctorGroup } from '../../maintain/doctor/doctor-check.ts';
import { DOCTOR_LIMITS, type DoctorLimits } from '../../maintain/doctor/doctor-limits.ts';
import { examine, type Examination } from '../../maintain/doctor/examine.ts';
import {
  growthSince,
  judgeGrowth,
  readFacts,
  type DatabaseFacts,
  type Growth,
  type Sizes,
} from '../../maintain/doctor/growth.ts';
import type { Patient } from '../../maintain/doctor/patient.ts';
import { refusal } from '../../maintain/doctor/refusal.ts';
import type { Schema } from '../../model/schema.ts';
import { readVisibleCatalog } from '../../read/catalog/read-visible-catalog.ts';
import { acceptFindings, type Accepted } from './accept-findings.ts';
import type { DoctorConfig } from './doctor-config.ts';
import { driftFindings } from './drift-findings.ts';
import { lintFindings } from './lint-findings.ts';
import { pendingFindings } from './pending-findings.ts';

/** The definitions that the database should have. */
export interface Definitions {
  readonly schema: Schema;
  /** The folder of the migrations. */
  readonly migrations?: string;
  /** The settings of `garden validate`, which also apply to its rules here. */
  readonly validate?: ValidateConfig;
  readonly doctor?: DoctorConfig;
}

export interface DiagnoseOptions {
  /** The database as messages show it, without a password. */
  readonly place: string;
  /** The definitions, or the reason why there are none, a sentence without its full stop. */
  readonly definitions?: Definitions | string;
  readonly limits?: Partial<DoctorLimits>;
  /** The sizes of the last run. */
  readonly previous?: Sizes;
  /** Called before each check, with its code. */
  readonly onCheck?: (code: string) => void;
}

/** The result of `garden doctor`. */
export interface Diagnosis extends Examination {
  readonly database: string;
  readonly facts: DatabaseFacts;
  /** Findings that the settings accept. */
  readonly accepted: readonly Accepted[];
  readonly growth?: { readonly since: string; readonly tables: readonly Growth[] };
}

/** Examines a live database, with the linter's rules and its definitions. It writes nothing. */
export async function diagnose(
  patient: Patient,
  { place, definitions, limits: given, previous, onCheck = () => {} }: DiagnoseOptions,
): Promise<Diagnosis> {
  const settings = typeof definitions === 'object' ? definitions : undefined;
  const limits = { ...DOCTOR_LIMITS, ...settings?.doctor?.limits, ...given };
  const facts = await readFacts(patient);
  const live = await examine(patient, {
    limits,
    onCheck: ({ code }) => onCheck(code),
  });
  onCheck('lint');
  const catalog = await readVisibleCatalog((sql) => patient.query(sql));
  const lint = lintFindings(catalog, settings?.validate ?? {}, facts.tables);
  onCheck('doctor/drift');
  const drift = await driftOf(patient, catalog.schema, place, definitions);
  const growth = previous && judgeGrowth(previous, facts, limits);
  const all = [...live.findings, ...(growth ?? []), ...lint.findings, ...drift.findings];
  const { kept, accepted } = acceptFindings(all, settings?.doctor?.ignore ?? []);
  return {
    database: place,
    facts,
    findings: kept.toSorted((a, b) => order(a.group) - order(b.group)),
    accepted,
    notChecked: [...live.notChecked, ...lint.notChecked, ...drift.notChecked],
    checks: [...live.checks, ...(growth ? ['doctor/growth'] : []), ...lint.checks, ...drift.checks],
    ...(previous && { growth: { since: previous.at, tables: growthSince(previous, facts) } }),
  };
}

const order = (group: DoctorGroup): number => DOCTOR_GROUPS.indexOf(group);

async function driftOf(
  patient: Patient,
  catalog: Schema,
  place: string,
  definitions: Definitions | string = 'there are no definitions to compare the database with',
): Promise<Examination> {
  const checks = ['doctor/drift', 'doctor/migrations'];
  const none = (reason: string): Examination => ({
    findings: [],
    notChecked: checks.map((check) => ({ check, reason })),
    checks: [],
  });
  if (typeof definitions === 'string') return none(definitions);
  const { schema, migrations } = definitions;
  const drift = driftFindings(schema, catalog);
  if (migrations === undefined)
    return { findings: drift, notChecked: [], checks: ['doctor/drift'] };
  try {
    const pending = await pendingFindings(patient, migrations, place);
    return { findings: [...pending, ...drift], notChecked: [], checks };
  } catch (error) {
    const reason = refusal(error);
    return {
      findings: drift,
      notChecked: [{ check: 'doctor/migrations', reason }],
      checks: ['doctor/drift'],
    };
  }
}

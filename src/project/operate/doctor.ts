import type { DoctorLimits } from '../../maintain/doctor/doctor-limits.ts';
import type { Sizes } from '../../maintain/doctor/growth.ts';
import { withPatient } from '../../maintain/doctor/with-patient.ts';
import type { MaintenanceTarget } from '../../maintain/maintenance-target.ts';
import { requireVersions } from '../../report/require-versions.ts';
import { diagnose, type Diagnosis } from './diagnose.ts';
import { schemaOf } from './schema-of.ts';

export interface DoctorOptions {
  /** The exports of the schema files. Without them, drift is not checked. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** The migrations folder. */
  readonly migrations?: string;
  /** The values from which on a check reports; the others keep their defaults. */
  readonly limits?: Partial<DoctorLimits>;
  /** `facts` of an earlier diagnosis, to report growth. */
  readonly previous?: Sizes;
  readonly signal?: AbortSignal;
  /** Called before each check, with its code. */
  readonly onCheck?: (code: string) => void;
}

/**
 * Examines a live database, like `garden doctor`: health, integrity, indexes, security and
 * drift. It writes nothing. What the login role may not see is in `notChecked`.
 *
 * @param target a `postgres://` URL, or an open PGlite.
 * @example
 * const { findings } = await doctor(process.env.DATABASE_URL!);
 * const errors = findings.filter(({ severity }) => severity === 'error');
 */
export async function doctor(
  target: MaintenanceTarget,
  { schema, migrations, limits, previous, signal, onCheck }: DoctorOptions = {},
): Promise<Diagnosis> {
  requireVersions(['drizzle-orm', 'zod']);
  return withPatient(target, signal, (patient, place) =>
    diagnose(patient, {
      place,
      ...(schema && {
        definitions: { schema: schemaOf(schema), ...(migrations !== undefined && { migrations }) },
      }),
      ...(limits && { limits }),
      ...(previous && { previous }),
      ...(onCheck && { onCheck }),
    }),
  );
}

import type { MaintenanceFunctions } from '../../kit/maintenance-functions.ts';
import type { Maintenance } from '../../model/maintenance.ts';
import { ProblemError } from '../../report/problem.ts';

/** The maintenance functions among a schema's exports. */
export function readMaintenance(exported: readonly unknown[]): Maintenance | undefined {
  const [first, second] = exported.filter(isMaintenance);
  if (first === undefined) return undefined;
  if (second !== undefined) {
    throw new ProblemError({
      code: 'schema/maintenance-twice',
      message: `the schema exports maintenanceFunctions() for ${first.role} and for ${second.role}.`,
      fix: 'keep one of them, and let further roles be members of its role.',
    });
  }
  return { role: first.role };
}

function isMaintenance(value: unknown): value is MaintenanceFunctions {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    value.kind === 'maintenance-functions'
  );
}

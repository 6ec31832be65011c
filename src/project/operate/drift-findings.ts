import { isDeepStrictEqual } from 'node:util';
import type { DoctorFinding } from '../../maintain/doctor/examine.ts';
import type { Schema } from '../../model/schema.ts';
import { compareSchemas, type Difference } from '../../read/catalog/compare-schemas.ts';
import type { Properties } from '../../read/catalog/schema-object.ts';

/** The differences between the definitions and a live database. */
export const driftFindings = (definitions: Schema, catalog: Schema): readonly DoctorFinding[] =>
  compareSchemas(definitions, catalog, { expressions: false }).map(findingOf);

function findingOf({ kind, object, expected, found }: Difference): DoctorFinding {
  const shared = { code: 'doctor/drift', group: 'drift', object } as const;
  if (expected === undefined) {
    return {
      ...shared,
      severity: 'warning',
      message: `the ${kind} ${object} is not in the definitions.`,
      evidence: `database: ${text(found)}`,
      fix: `add it to the definitions, or drop it.`,
    };
  }
  return {
    ...shared,
    severity: 'error',
    message:
      found === undefined
        ? `the ${kind} ${object} is missing in the database.`
        : `the ${kind} ${object} differs from its definition.`,
    evidence:
      found === undefined
        ? `definition: ${text(expected)}`
        : Object.keys({ ...expected, ...found })
            .filter((name) => !isDeepStrictEqual(expected[name], found[name]))
            .map((name) => `${name}: ${value(found[name])}, defined as ${value(expected[name])}`)
            .join('; '),
    fix: 'run garden migrate; if no migration is pending, undo the change in the database, or write it into the definitions and run garden generate.',
  };
}

const text = (properties: Properties | undefined): string => JSON.stringify(properties ?? {});

const value = (one: unknown): string => JSON.stringify(one) ?? 'nothing';

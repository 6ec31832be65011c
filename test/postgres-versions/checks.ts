import type { Check } from './check.ts';
import { accessChecks } from './access-checks.ts';
import { catalogChecks } from './catalog-checks.ts';
import { gardenAccessChecks } from './garden-access-checks.ts';
import { maintainChecks } from './maintain-checks.ts';
import { migrateChecks } from './migrate-checks.ts';
import { publicationChecks } from './publication-checks.ts';
import { validateChecks } from './validate-checks.ts';

/** All checks that each version of Postgres must pass. To add checks, create a file and list it here. */
export const checks: readonly Check[] = [
  ...migrateChecks,
  ...accessChecks,
  ...gardenAccessChecks,
  ...publicationChecks,
  ...catalogChecks,
  ...validateChecks,
  ...maintainChecks,
];

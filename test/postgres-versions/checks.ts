import type { Check } from './check.ts';
import { accessChecks } from './access-checks.ts';
import { catalogChecks } from './catalog-checks.ts';
import { gardenAccessChecks } from './garden-access-checks.ts';
import { migrateChecks } from './migrate-checks.ts';
import { publicationChecks } from './publication-checks.ts';

/** Everything that must hold on each version of Postgres. Add a file of checks, and list it here. */
export const checks: readonly Check[] = [
  ...migrateChecks,
  ...accessChecks,
  ...gardenAccessChecks,
  ...publicationChecks,
  ...catalogChecks,
];

import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { anyone, exists, type Rule } from '../../../kit/index.ts';
import { packages } from './packages.ts';

/** The row belongs to a package that the principal may read. */
export function ofVisiblePackage(columns: {
  readonly packageId: AnyPgColumn<{ data: string }>;
}): Rule {
  return exists(
    () => packages,
    { id: columns.packageId },
    () => anyone,
    { rows: 'visible' },
  );
}

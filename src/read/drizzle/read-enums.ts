import { isPgEnum } from 'drizzle-orm/pg-core';
import type { Enum } from '../../model/enum.ts';
import { givenSchema, qualifiedName } from '../../model/table-id.ts';
import { compareText } from '../../model/compare-text.ts';

/** The enum types among a schema's exports. drizzle-kit only creates exported ones. */
export function readEnums(exported: readonly unknown[]): readonly Enum[] {
  return exported
    .filter(isPgEnum)
    .map((one) => ({ name: one.enumName, ...givenSchema(one.schema), values: one.enumValues }))
    .sort((a, b) => compareText(qualifiedName(a), qualifiedName(b)));
}

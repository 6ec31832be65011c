import * as garden from '../index.ts';
import { schemasOf, type SchemasOf } from '../../../zod/schemas-of.ts';

/** The validators of the garden's tables: `schemas.packages.insert.parse(row)`. */
export const schemas: SchemasOf<typeof garden> = /* @__PURE__ */ schemasOf(garden);

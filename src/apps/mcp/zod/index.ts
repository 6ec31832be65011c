import * as mcp from '../index.ts';
import { schemasOf, type SchemasOf } from '../../../zod/schemas-of.ts';

/** The validators of the app's tables: `schemas.packages.insert.parse(row)`. */
export const schemas: SchemasOf<typeof mcp> = /* @__PURE__ */ schemasOf(mcp);

import * as promptcraft from '../index.ts';
import { schemasOf, type SchemasOf } from '../../../zod/schemas-of.ts';

/** The validators of the app's tables: `schemas.promptHistory.insert.parse(row)`. */
export const schemas: SchemasOf<typeof promptcraft> = /* @__PURE__ */ schemasOf(promptcraft);
export { promptcraftSettings } from './promptcraft-settings.ts';

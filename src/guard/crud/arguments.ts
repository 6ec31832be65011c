import * as z from 'zod/v4/mini';
import { isCanonicalUuid } from '../../model/values/text-rules.ts';

/** A uuid as Postgres prints it. Another spelling would be another key on the client. */
export const rowId: z.ZodMiniString<string> = z
  .string()
  .check(z.refine(isCanonicalUuid, 'must be a uuid, in lower case'));

/** Time from the client's clock, in milliseconds. */
export const moment: z.ZodMiniNumberFormat = z.int().check(z.gte(0), z.lte(253_402_300_799_999));

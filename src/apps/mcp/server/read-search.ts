import { z } from 'zod/v4';
import { isCanonicalUuid } from '../../../model/values/text-rules.ts';
import { ProblemError } from '../../../report/problem.ts';
import { insertSchema } from '../../../zod/table-schemas.ts';
import { packages } from '../tables/packages.ts';
import type { PackageSearch } from './package-search.ts';

/**
 * Checks a search before it reaches the database, so that an endpoint can pass the body of a
 * request. The values have the limits of the columns: a larger one could match no row.
 */
export function readSearch(search: PackageSearch): PackageSearch {
  schema ??= makeSchema();
  const { error } = schema.safeParse(search);
  if (!error) return search;
  const [first] = error.issues;
  const at = first?.path.join('.') ?? '';
  throw new ProblemError({
    code: 'mcp/search',
    message: `the search is invalid: ${at === '' ? '' : `${at}: `}${first?.message ?? 'not an object'}.`,
    fix: 'correct the search; if it comes from a request, answer the request with status 400.',
  });
}

let schema: z.ZodType | undefined;

function makeSchema(): z.ZodType {
  const { language, tags, metadata } = insertSchema(packages).shape;
  const isMetadata = ({ path, value }: { path: readonly string[]; value?: unknown }): boolean =>
    metadata.safeParse(path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value))
      .success;
  return z.strictObject({
    words: text(500).optional(),
    language: language.optional(),
    anyTags: tags.optional(),
    allTags: tags.optional(),
    path: text(4_096).optional(),
    metadata: metadata.optional(),
    metadataAt: z
      .strictObject({ path: z.array(text(256)).min(1).max(16), value: z.unknown() })
      .refine(isMetadata, 'no metadata can have this value at this path')
      .optional(),
    categoryId: uuid.optional(),
    scope: z.enum(['mine', 'all']).optional(),
    pageSize: z.int().min(1).max(100).optional(),
    after: z.object({ id: uuid, updatedAt: moment, rank: z.number() }).optional(),
    offset: z.int().min(0).max(10_000).optional(),
  });
}

/** Text that Postgres can store. */
const text = (max: number): z.ZodType<string> =>
  z
    .string()
    .max(max)
    .refine((given) => !given.includes('\0') && given.isWellFormed(), {
      error: 'contains NUL or a lone surrogate',
    });
const uuid = z.string().refine(isCanonicalUuid, 'must be a uuid, in lower case');
/** A time that Postgres can read as ISO text. */
const moment = z.union([
  z.date().min(new Date('0001-01-01T00:00:00Z')).max(new Date('9999-12-31T23:59:59.999Z')),
  z.iso.datetime({ offset: true }),
]);

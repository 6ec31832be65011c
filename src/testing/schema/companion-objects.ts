import type { CompanionObject } from '../../emit/companion/companion-object.ts';
import { companionOf } from '../../emit/companion/companion-of.ts';
import type { Publication } from '../../model/publication.ts';
import type { Schema } from '../../model/schema.ts';

/**
 * The companion SQL of a schema, without COMMENT ON, because doc comments exist only in the
 * source, and without partitions, which depend on the time.
 */
export function companionObjects(
  schema: Schema,
  publication: Publication | undefined,
): readonly CompanionObject[] {
  const { before, after } = companionOf({ schema, publication, comments: false });
  return [...before, ...after].filter(({ key }) => !key.startsWith('partitions of '));
}

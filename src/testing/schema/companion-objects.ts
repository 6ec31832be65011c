import type { CompanionObject } from '../../emit/companion/companion-object.ts';
import { emitCompanion } from '../../emit/companion/emit-companion.ts';
import type { Publication } from '../../model/publication.ts';
import type { Schema } from '../../model/schema.ts';

/**
 * The companion SQL of a schema, without COMMENT ON, because doc comments exist only in the
 * source, and without partitions, which depend on the time.
 */
export function companionObjects(
  { tables, views, extensions, access, roleRules, companion }: Schema,
  publication: Publication | undefined,
): readonly CompanionObject[] {
  const { before, after } = emitCompanion({
    tables,
    views,
    extensions,
    ...(access && { access }),
    ...(roleRules && { roleRules }),
    own: companion,
    ...(publication && { publication }),
  });
  return [...before, ...after].filter(({ key }) => !/^(?:comment on|partitions of) /.test(key));
}

/**
 * Patterns are checked when the schema is generated, migrated and tested, not in the
 * browser: the `browser` field of package.json replaces portable-pattern.ts with this
 * file, which keeps bundles small.
 */
export const portablePattern = ({ source }: RegExp): string => source;

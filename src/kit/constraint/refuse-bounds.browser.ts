/**
 * Bounds are checked when the schema is generated, migrated and tested, not in the
 * browser: the `browser` field of package.json replaces refuse-bounds.ts with this
 * file, which keeps bundles small.
 */
export function refuseBounds(): void {}

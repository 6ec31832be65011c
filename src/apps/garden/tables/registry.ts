/**
 * The supported registries. To add one, add its name here and generate a migration: the
 * CHECKs, types and validators derive from this list.
 */
export const registries = ['npm', 'jsr', 'brew', 'apt'] as const;

/** A supported registry. */
export type Registry = (typeof registries)[number];

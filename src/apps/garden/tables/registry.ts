/**
 * The registries that the garden knows. One more is one word here and one
 * migration: the CHECKs, the types and the validators follow.
 */
export const registries = ['npm', 'jsr', 'brew', 'apt'] as const;

/** A registry that the garden knows. */
export type Registry = (typeof registries)[number];

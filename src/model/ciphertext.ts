declare const brand: unique symbol;

/**
 * Encrypted text. Only a cipher of the server returns one, so a plain string is a type error where
 * a ciphertext is required.
 */
export type Ciphertext = string & { readonly [brand]: 'ciphertext' };

/**
 * `g1.KEY.PAYLOAD`: the version of the format, the id of the key, and base64url. CHECKs have this
 * pattern, so it is portable. The length of the payload is not part of it: `{48,}` takes Postgres
 * ten times as long.
 */
export const CIPHERTEXT: RegExp = /^g1\.[0-9]{8}-[0-9a-f]{8}\.[A-Za-z0-9_-]+$/;

/** `g1.KEY`: the part before the payload, which always has the same length. */
export const HEAD_LENGTH = 20;

export const headOf = (keyId: string): string => `g1.${keyId}`;

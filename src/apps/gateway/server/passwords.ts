import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** The cost of a new hash, as OWASP recommends for scrypt. A hash names its own cost. */
const COST = { N: 32_768, r: 8, p: 3 };
const BYTES = 32;
/** Hashing a longer text would cost too much. `createUserInput` accepts 256 characters. */
const MAX_LENGTH = 1024;
/** N * r * 128, twice. */
const MAX_MEMORY = 64 * 1024 * 1024;
const FORM = /^scrypt\$(\d{1,6})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/;

/** The salted hash of a password, for `password_hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  const { N, r, p } = COST;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether the password has this hash. It takes as long for a user who does not exist or has no
 * password, so that the time does not tell who has an account.
 */
export async function isPassword(
  password: string,
  stored: string | null | undefined,
): Promise<boolean> {
  if (password.length > MAX_LENGTH) return false;
  const [, N, r, p, salt = '', key = ''] = FORM.exec(stored ?? '') ?? [];
  if (N === undefined) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(found, Buffer.from(key, 'base64url'));
}

/** Equal texts have the same bytes only in one of the forms of Unicode. */
const derive = (password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** A name is that of a secret if its last noun is one of these. */
const SECRETS = new Set(
  `password passwords passwd pwd passphrase passcode secret secrets token tokens jwt otp totp salt
   apikey apikeys privatekey secretkey accesskey credential credentials ciphertext mnemonic cvv cvc`.split(
    /\s+/,
  ),
);

/** Nouns that name a secret after one of these words: `api_key`, but not `sort_key`. */
const QUALIFIED: Readonly<Record<string, string>> = {
  key: 'private secret api access signing encryption decryption master auth hmac symmetric service',
  pass: 'user db database smtp mail ftp admin login',
  code: 'otp totp recovery backup verification reset login mfa',
  seed: 'otp totp wallet',
  phrase: 'seed recovery',
  answer: 'security secret',
  string: 'connection',
};

/** Tokens that are positions or pieces of text. */
const HARMLESS = new Set(['page', 'cursor', 'continuation', 'stop', 'search', 'design']);

/** Suffixes for the stored form of a secret: `password_hash`, `token_sha256`. */
const HASHES = new Set(['hash', 'hashed', 'digest', 'sha', 'md', 'bcrypt', 'scrypt', 'argon']);
const FORMS = new Set([
  'value',
  'text',
  'plaintext',
  'plain',
  'raw',
  'hex',
  'base',
  'v',
  ...HASHES,
]);

/** Column names that need the table's name to be meaningful: `api_keys.hash`. */
const GENERAL = new Set(['key', 'value', 'code', 'data', ...HASHES]);

/** Last words after "encrypted" that only describe the encryption. */
const ABOUT = new Set(['at', 'by', 'with', 'id', 'name', 'version', 'algorithm']);

/**
 * Whether a column's name is that of a secret. The name is split into words, and its last
 * noun decides: `refreshToken` is a secret, `token_count` is a number of tokens.
 */
export function looksSecret(column: string, table = ''): boolean {
  const words = wordsOf(column);
  if (isEncrypted(words) || isSecret(words)) return true;
  const general = words.length > 0 && words.every((word) => GENERAL.has(word));
  return general && isSecret(wordsOf(table));
}

/** `APIKey2` as `api`, `key`, `2`. */
const wordsOf = (name: string): readonly string[] =>
  (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? []).map((word) => word.toLowerCase());

function isEncrypted(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return last === 'encrypted' || (words[0] === 'encrypted' && !ABOUT.has(last));
}

function isSecret(words: readonly string[]): boolean {
  const end = words.findLastIndex((word) => !FORMS.has(word) && !/^\d+$/.test(word));
  const [last, before] = [words[end] ?? '', words[end - 1] ?? ''];
  if (SECRETS.has(last)) return !HARMLESS.has(before);
  const noun = last === 'pass' ? last : last.replace(/s$/, '');
  if (Object.hasOwn(QUALIFIED, noun) && QUALIFIED[noun]?.split(' ').includes(before)) return true;
  // A hash of a key serves to verify the key.
  return noun === 'key' && words.slice(end + 1).some((word) => HASHES.has(word));
}

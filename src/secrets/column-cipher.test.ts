import { createCipheriv } from 'node:crypto';
import { inspect } from 'node:util';
import { text } from 'drizzle-orm/pg-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { encrypted, id, isEncrypted, newId, pgTable, type Ciphertext } from '../kit/index.ts';
import { CIPHERTEXT } from '../model/ciphertext.ts';
import { columnCipher, type ColumnCipher } from './column-cipher.ts';
import { DecryptError, type DecryptReason } from './decrypt-error.ts';
import type { KeyRing } from './key-ring.ts';
import { newEntries, newRing, ringOf } from './new-ring.fixture.ts';
import type { RowId } from './row-binding.ts';

const providers = pgTable(
  'providers',
  { id: id(), apiKey: encrypted('api_key').notNull(), other: encrypted('other') },
  (t) => [isEncrypted(t.apiKey), isEncrypted(t.other)],
);
const teams = pgTable('teams', { id: id(), apiKey: encrypted('api_key') }, (t) => [
  isEncrypted(t.apiKey),
]);

let ring: KeyRing;
let cipher: ColumnCipher;
const row = newId();
beforeAll(async () => {
  ring = await newRing();
  cipher = columnCipher(providers.apiKey, ring);
});

const SECRET = 'sk-live-4eC39HqLyjWDarjtT1zdp7dc';

/** Decrypts, and returns the reason if that fails. */
function reasonOf(value: string, rowId: RowId = row, by = cipher): DecryptReason | undefined {
  try {
    by.decrypt(rowId, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof DecryptError)) throw error;
    return error.reason;
  }
}

test.each([
  ['a key', SECRET],
  ['empty text', ''],
  ['unicode', 'Ünï 🌱 中文 \u0000 \uFEFF e\u0301'],
  ['1 MB', 'x'.repeat(1_000_000)],
  ['1 MB of unicode', '🌱é中'.repeat(120_000)],
])('%s comes back, and each ciphertext is different', (_, plain) => {
  const [one, two] = [cipher.encrypt(row, plain), cipher.encrypt(row, plain)];
  expect(one).toMatch(CIPHERTEXT);
  expect(one).not.toBe(two);
  expect([one, two].map((sealed) => cipher.decrypt(row, sealed) === plain)).toEqual([true, true]);
  expectTypeOf(one).toEqualTypeOf<Ciphertext>();
});

test('any text comes back', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0x10_ff_ff)), (points) => {
      const plain = String.fromCodePoint(...points).toWellFormed();
      expect(cipher.decrypt(row, cipher.encrypt(row, plain))).toBe(plain);
    }),
  );
});

test('the algorithm is AES-256-GCM with table, column and row as additional data', () => {
  const sealed = cipher.encrypt(row, SECRET);
  const payload = Buffer.from(sealed.split('.')[2]!, 'base64url');
  const own = createCipheriv('aes-256-gcm', ring.keys.get(ring.current)!, payload.subarray(0, 12));
  own.setAAD(Buffer.from(JSON.stringify(['public.providers.api_key', row])));
  const expected = Buffer.concat([own.update(SECRET), own.final(), own.getAuthTag()]);
  expect(payload.subarray(20).equals(expected)).toBe(true);
});

describe('a ciphertext is rejected', () => {
  test('in another row, column or table', async () => {
    const sealed = cipher.encrypt(row, SECRET);
    expect(reasonOf(sealed, newId())).toBe('swapped');
    expect(reasonOf(sealed, row, columnCipher(providers.other, ring))).toBe('swapped');
    expect(reasonOf(sealed, row, columnCipher(teams.apiKey, ring))).toBe('swapped');
  });

  test('if any character is changed', () => {
    const sealed = cipher.encrypt(row, SECRET);
    const letters = [...'Ab0-_.=+/ !\n'];
    for (let at = 0; at < sealed.length; at += 1) {
      for (const letter of letters) {
        const edited = sealed.slice(0, at) + letter + sealed.slice(at + 1);
        if (edited !== sealed) expect(reasonOf(edited), `${letter} at ${at}`).toBeDefined();
      }
    }
    const end = sealed.slice(0, -3) + (sealed.at(-3) === 'A' ? 'B' : 'A') + sealed.slice(-2);
    expect(reasonOf(end)).toBe('edited');
  });

  test('if any bit of its bytes is changed', () => {
    const sealed = cipher.encrypt(row, 'abc');
    const [version, keyId, encoded = ''] = sealed.split('.');
    const payload = Buffer.from(encoded, 'base64url');
    for (let bit = 0; bit < payload.length * 8; bit += 1) {
      const edited = Buffer.from(payload);
      edited[bit >> 3]! ^= 1 << (bit & 7);
      const value = `${version}.${keyId}.${edited.toString('base64url')}`;
      // A greater length looks like a text that is too short.
      expect(reasonOf(value), `bit ${bit}`).toMatch(/^(?:edited|truncated)$/);
    }
  });

  test('if it is truncated anywhere', () => {
    const sealed = cipher.encrypt(row, SECRET);
    for (let length = 3; length < sealed.length; length += 1) {
      expect(reasonOf(sealed.slice(0, length)), String(length)).toBe('truncated');
    }
  });

  test.each<[string, (sealed: string) => string, DecryptReason]>([
    ['something is added', (sealed) => `${sealed}AAAA`, 'edited'],
    ['a line ends it', (sealed) => `${sealed}\n`, 'edited'],
    ['it is padded', (sealed) => `${sealed}==`, 'edited'],
    ['it is plain text', () => SECRET, 'not-encrypted'],
    ['it is empty', () => '', 'not-encrypted'],
    [
      'its key is not in the ring',
      (sealed) => sealed.replace(/\d{8}-/, '20010101-'),
      'unknown-key',
    ],
  ])('if %s', (_, change, reason) => {
    expect(reasonOf(change(cipher.encrypt(row, SECRET)))).toBe(reason);
  });

  test('if it is another value, such as NULL', () => {
    for (const value of [null, undefined, 7, {}]) {
      expect(reasonOf(value as never)).toBe('not-encrypted');
    }
  });
});

test('an error contains neither the text nor the ciphertext', () => {
  const sealed = cipher.encrypt(row, SECRET);
  for (const value of [SECRET, sealed.slice(0, -4), `${sealed}AAAA`]) {
    try {
      cipher.decrypt(row, value);
      throw new Error('it was decrypted');
    } catch (error) {
      const shown = inspect(error, { depth: 9 });
      expect(shown).toContain('public.providers.api_key');
      for (const secret of [SECRET, sealed.slice(24, 60)]) expect(shown).not.toContain(secret);
    }
  }
});

test('old keys decrypt, and only the current one encrypts', async () => {
  const [old, current] = await newEntries(2);
  const before = columnCipher(providers.apiKey, await ringOf([old]));
  const both = columnCipher(providers.apiKey, await ringOf([current!, old]));
  const sealed = before.encrypt(row, SECRET);
  expect(both.decrypt(row, sealed)).toBe(SECRET);
  const next = both.encrypt(row, SECRET);
  expect(next.startsWith(`g1.${current!.id}.`)).toBe(true);
  expect(reasonOf(next, row, before)).toBe('unknown-key');
});

test.each<[string, RowId, RowId, boolean]>([
  ['uuids in both cases', row.toUpperCase(), row, true],
  ['a number and its text', 7, '7', true],
  ['a bigint and its text', 2n ** 60n, '1152921504606846976', true],
  ['a composite key', ['a', 7], ['a', '7'], true],
  ['a composite key in another order', ['a', 'b'], ['b', 'a'], false],
  ['keys with other boundaries', ['a', 'b'], ['a","b'], false],
  ['text in another case', 'A', 'a', false],
])('the id of a row: %s', (_, one, other, isSame) => {
  const sealed = cipher.encrypt(one, SECRET);
  expect(reasonOf(sealed, other)).toBe(isSame ? undefined : 'swapped');
});

test.each<[string, unknown, unknown, string]>([
  ['no row id', undefined, SECRET, 'secrets/row-id'],
  ['an empty row id', '', SECRET, 'secrets/row-id'],
  ['a fraction', 1.5, SECRET, 'secrets/row-id'],
  ['a number beyond 2^53', 2 ** 60, SECRET, 'secrets/row-id'],
  ['an unpaired surrogate', row, 'a\uD800', 'secrets/not-text'],
  ['a number', row, 7, 'secrets/not-text'],
  ['null', row, null, 'secrets/not-text'],
])('%s cannot be encrypted', (_, rowId, plain, code) => {
  expect(() => cipher.encrypt(rowId as never, plain as never)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code }) }),
  );
});

test('a column that is not encrypted has no cipher', () => {
  const notes = pgTable('notes', { id: id(), body: text('body') });
  // @ts-expect-error its texts are no ciphertexts
  expect(() => columnCipher(notes.body, ring)).toThrow('is not encrypted');
});

test('a renamed column keeps its ciphertexts with boundAs', () => {
  const renamed = pgTable(
    'services',
    { id: id(), secret: encrypted('secret', { boundAs: 'public.providers.api_key' }) },
    (t) => [isEncrypted(t.secret)],
  );
  const sealed = cipher.encrypt(row, SECRET);
  expect(columnCipher(renamed.secret, ring).decrypt(row, sealed)).toBe(SECRET);
});

test('a printed ring shows no key', async () => {
  const entries = await newEntries(1);
  const opened = await ringOf(entries);
  const [entry] = entries;
  const key = 'key' in entry ? entry.key : Buffer.alloc(0);
  const shown = inspect(opened, { depth: 9, showHidden: true }) + JSON.stringify(opened);
  for (const form of ['base64url', 'base64', 'hex'] as const) {
    expect(shown).not.toContain(key.toString(form));
  }
  expect(shown).not.toContain(inspect(key).slice(8, 20));
});

import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Holding } from '../kit/column.ts';
import { bindingOf } from '../kit/encrypted.ts';
import { objectOf } from '../kit/object-of.ts';
import type { Ciphertext } from '../model/ciphertext.ts';
import { ProblemError } from '../report/problem.ts';
import { DecryptError } from './decrypt-error.ts';
import { currentKey, type KeyRing } from './key-ring.ts';
import { openText } from './open-text.ts';
import { bindRows, type RowId } from './row-binding.ts';
import { sealText } from './seal-text.ts';

/** Encrypts and decrypts the values of one column. */
export interface ColumnCipher {
  /** Encrypts a text for the row with this primary key. The same text differs each time. */
  encrypt(rowId: RowId, text: string): Ciphertext;
  /** Decrypts the value of the row with this primary key; throws a {@link DecryptError}. */
  decrypt(rowId: RowId, value: string): string;
}

/**
 * Encrypts and decrypts the values of a column that the kit's `encrypted()` made, with AES-256-GCM.
 * A ciphertext is bound to its table, column and row: elsewhere, it does not decrypt.
 *
 * @example
 * const providers = pgTable(
 *   'providers',
 *   { id: id(), apiKey: encrypted('api_key').notNull() },
 *   (t) => [isEncrypted(t.apiKey)],
 * );
 * const apiKeys = columnCipher(providers.apiKey, await openKeyRing());
 * const row = newId();
 * await db.insert(providers).values({ id: row, apiKey: apiKeys.encrypt(row, 'sk-…') });
 */
export function columnCipher<Column extends AnyPgColumn>(
  column: Column & Holding<Column, Ciphertext>,
  ring: KeyRing,
): ColumnCipher {
  const place = bindingOf(column);
  if (place === undefined) {
    throw new ProblemError({
      code: 'secrets/not-an-encrypted-column',
      message: `the column ${objectOf(column)} is not encrypted.`,
      object: objectOf(column),
      fix: `declare it with encrypted('${column.name}') of @techgarden/schema/kit.`,
    });
  }
  return placeCipher(place, ring);
}

/** The cipher of the values that are bound to a name. */
export function placeCipher(place: string, ring: KeyRing): ColumnCipher {
  const { keys } = ring;
  const bound = bindRows(place);
  const own = currentKey(ring);
  return {
    encrypt(rowId, text) {
      if (typeof text !== 'string' || !text.isWellFormed()) throw notText(place, text);
      return sealText(text, own, bound(rowId));
    },
    decrypt(rowId, value) {
      const opened = openText(String(value), keys, bound(rowId));
      if ('text' in opened) return opened.text.toString('utf8');
      throw new DecryptError(opened.reason, place, rowId, opened.keyId);
    },
  };
}

const notText = (place: string, found: unknown): ProblemError =>
  new ProblemError({
    code: 'secrets/not-text',
    message:
      typeof found === 'string'
        ? 'the text to encrypt has an unpaired surrogate, which UTF-8 cannot represent.'
        : `only texts can be encrypted, not a value of the type ${found === null ? 'null' : typeof found}.`,
    object: place,
    fix: 'pass a string of complete characters; encode other values first, for example with JSON.stringify().',
  });

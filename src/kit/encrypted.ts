import { entityKind, type $Type, type Column, type ColumnBaseConfig } from 'drizzle-orm';
import {
  PgText,
  PgTextBuilder,
  type AnyPgColumn,
  type AnyPgTable,
  type CheckBuilder,
  type PgTextBuilderInitial,
} from 'drizzle-orm/pg-core';
import { CIPHERTEXT, type Ciphertext } from '../model/ciphertext.ts';
import { ProblemError } from '../report/problem.ts';
import type { Holding } from './column.ts';
import { matches } from './constraint/text-constraints.ts';
import { markBuilder, markOf } from './mark.ts';
import { objectOf } from './object-of.ts';
import { serverOnly } from './server-only.ts';

/** Text that the server encrypts before it writes it. */
export type Encrypted<Name extends string> = $Type<
  PgTextBuilderInitial<Name, [string, ...string[]]>,
  Ciphertext
>;

export interface EncryptedOptions {
  /**
   * The name that existing ciphertexts are bound to, after a rename of the column, the table or
   * its schema: `public.old_table.old_column`. Default: the present name.
   */
  readonly boundAs?: string;
}

type TextConfig = ColumnBaseConfig<'string', 'PgText'>;

// The two classes only change what the driver receives, as those of `sortedText()`.
class EncryptedColumn extends PgText<TextConfig> {
  static override readonly [entityKind]: string = 'Encrypted';

  override mapToDriverValue(value: unknown): unknown {
    if (typeof value === 'string' && CIPHERTEXT.test(value)) return value;
    // An error of Postgres would contain the text.
    throw new ProblemError({
      code: 'kit/plain-text',
      message: `a value for the encrypted column "${this.name}" is not a ciphertext.`,
      object: objectOf(this),
      fix: 'pass what columnCipher(column, ring).encrypt(rowId, text) of @techgarden/schema/server returns.',
    });
  }
}

class EncryptedBuilder extends PgTextBuilder<TextConfig> {
  static override readonly [entityKind]: string = 'EncryptedBuilder';

  // Drizzle's own `build` is marked internal, so the types do not know that this overrides it.
  build(table: AnyPgTable): EncryptedColumn {
    return new EncryptedColumn(table as never, this.config as never);
  }
}

/**
 * A column for a secret that the server must read again, such as an API key of a user. Postgres
 * only stores ciphertext, and no client sees it: the column is server-only. Its type is
 * `Ciphertext`, which `columnCipher()` of the server returns; plain text is refused before it is
 * sent. Add `isEncrypted(t.column)` to the table.
 *
 * For a secret that is only compared, use `hashedToken()`.
 *
 * @example
 * const providers = pgTable(
 *   'providers',
 *   { id: id(), apiKey: encrypted('api_key').notNull() },
 *   (t) => [isEncrypted(t.apiKey)],
 * );
 */
export function encrypted<Name extends string>(
  name: Name,
  { boundAs }: EncryptedOptions = {},
): Encrypted<Name> {
  const builder = new EncryptedBuilder(name, {});
  const marked = markBuilder(builder, 'encrypted', boundAs === undefined ? {} : { boundAs });
  // Drizzle's builder types carry type parameters that the class cannot.
  return serverOnly(marked) as unknown as Encrypted<Name>;
}

/**
 * The CHECK of an {@link encrypted} column: only texts in the format of a ciphertext.
 *
 * @example
 * const providers = pgTable('providers', { id: id(), apiKey: encrypted('api_key') }, (t) => [
 *   isEncrypted(t.apiKey),
 * ]);
 */
export function isEncrypted<Column extends AnyPgColumn>(
  column: Column & Holding<Column, Ciphertext>,
  options: { readonly name?: string } = {},
): CheckBuilder {
  return matches(column as never, CIPHERTEXT, options);
}

/** The name that the ciphertexts of a column are bound to; undefined if it is not encrypted. */
export function bindingOf(column: Column): string | undefined {
  const mark = markOf(column, 'encrypted');
  return mark && (mark.boundAs ?? objectOf(column));
}

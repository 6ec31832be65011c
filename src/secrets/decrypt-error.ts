import { ProblemError } from '../report/problem.ts';
import type { RowId } from './row-binding.ts';

/**
 * Why a text cannot be decrypted. `unknown-key`: the ring lacks its key. `swapped`: it belongs to
 * another row, column or table. `truncated` and `edited`: it was changed. `not-encrypted`: it is
 * not a ciphertext.
 */
export type DecryptReason = 'unknown-key' | 'swapped' | 'truncated' | 'edited' | 'not-encrypted';

/** Thrown for a text that cannot be decrypted. It contains neither the text nor a key. */
export class DecryptError extends ProblemError {
  readonly reason: DecryptReason;

  constructor(reason: DecryptReason, place: string, rowId: RowId, keyId?: string) {
    const { code, message, fix } = REASONS[reason];
    super({
      code,
      message: message(keyId ?? ''),
      object: place,
      context: [place, `row ${String(rowId)}`],
      fix,
    });
    this.reason = reason;
  }
}

const RESTORE = 'restore the row from a backup, or write the secret again.';

const REASONS: Readonly<
  Record<
    DecryptReason,
    {
      readonly code: `secrets/${DecryptReason}`;
      readonly message: (keyId: string) => string;
      readonly fix: string;
    }
  >
> = {
  'unknown-key': {
    code: 'secrets/unknown-key',
    message: (keyId) => `the key ring has no key ${keyId}, with which the value was encrypted.`,
    fix: 'add the key to the ring of this process; `garden keys list` shows which keys are in use.',
  },
  swapped: {
    code: 'secrets/swapped',
    message: () => 'the ciphertext belongs to another row, column or table.',
    fix: `${RESTORE} After a rename, set boundAs of encrypted().`,
  },
  truncated: {
    code: 'secrets/truncated',
    message: () => 'the ciphertext is truncated.',
    fix: RESTORE,
  },
  edited: {
    code: 'secrets/edited',
    message: () => 'the ciphertext was edited.',
    fix: RESTORE,
  },
  'not-encrypted': {
    code: 'secrets/not-encrypted',
    message: () => 'the value is not a ciphertext.',
    fix: 'encrypt it with columnCipher(), and add isEncrypted() to the table, which refuses plain text.',
  },
};

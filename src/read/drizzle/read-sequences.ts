import { isPgSequence, type PgSequenceOptions } from 'drizzle-orm/pg-core';
import type { Sequence, SequenceOptions } from '../../model/sequence.ts';
import { givenSchema, qualifiedName } from '../../model/table-id.ts';
import { compareText } from '../../model/compare-text.ts';

/** The sequences among a schema's exports. */
export function readSequences(exported: readonly unknown[]): readonly Sequence[] {
  return exported
    .flatMap((value): readonly Sequence[] => {
      if (!isPgSequence(value)) return [];
      const name = value.seqName ?? '';
      const options = sequenceOptions(value.seqOptions, 64);
      return [{ name, ...givenSchema(value.schema), type: 'bigint', ...options }];
    })
    .sort((a, b) => compareText(qualifiedName(a), qualifiedName(b)));
}

/** The options, with Postgres's defaults. */
export function sequenceOptions(
  options: PgSequenceOptions | undefined,
  bits: 16 | 32 | 64,
): SequenceOptions {
  const increment = String(options?.increment ?? 1);
  const descends = increment.startsWith('-');
  const highest = (2n ** BigInt(bits - 1) - 1n).toString();
  const lowest = (-(2n ** BigInt(bits - 1))).toString();
  const min = String(options?.minValue ?? (descends ? lowest : 1));
  const max = String(options?.maxValue ?? (descends ? -1 : highest));
  return {
    increment,
    min,
    max,
    start: String(options?.startWith ?? (descends ? max : min)),
    cache: String(options?.cache ?? 1),
    cycle: options?.cycle ?? false,
  };
}

import type { TracedPart } from './traced-part.ts';

/**
 * Marks the parts that decide the value of a rule: for a true `any of`, its first true part; for a
 * true `all of`, every part; for a false `all of`, its first false part.
 */
export function decide(part: TracedPart): TracedPart {
  if (part.parts.length === 0) return { ...part, decides: true };
  const deciding = new Set(decidingParts(part));
  return {
    ...part,
    decides: true,
    parts: part.parts.map((one) => (deciding.has(one) ? decide(one) : one)),
  };
}

function decidingParts({ kind, truth, parts }: TracedPart): readonly TracedPart[] {
  const same = parts.filter((part) => part.truth === truth);
  const isShort = truth === (kind === 'or' ? 'true' : 'false');
  return isShort ? same.slice(0, 1) : same;
}

/** The innermost parts that decide. */
export function decidingWords(part: TracedPart): readonly string[] {
  if (!part.decides) return [];
  return part.parts.length === 0 ? [part.words] : part.parts.flatMap(decidingWords);
}

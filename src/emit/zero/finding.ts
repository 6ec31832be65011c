import type { Finding } from '../../report/problem.ts';

type FindingDetails = Omit<Finding, 'severity'>;

export const error = (problem: FindingDetails): Finding => ({ severity: 'error', ...problem });
export const warning = (problem: FindingDetails): Finding => ({ severity: 'warning', ...problem });

/** Names in a sentence: `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join();
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

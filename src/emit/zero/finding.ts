import type { Finding } from '../../report/problem.ts';

type Told = Omit<Finding, 'severity'>;

export const error = (problem: Told): Finding => ({ severity: 'error', ...problem });
export const warning = (problem: Told): Finding => ({ severity: 'warning', ...problem });

/** Names in a sentence: `a, b and c`. */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names.join();
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

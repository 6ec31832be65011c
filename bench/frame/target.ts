import { convert, type Unit } from './quantity.ts';

type Bound = 'at most' | 'at least';

/**
 * A ceiling or a floor, as a person would say it. Bare, it bounds the ratio
 * ours / peer; with a unit it bounds our own value.
 *
 * @example
 * const targets: Target[] = ['at most 1.15', 'at least 0.85', 'at most 3 ms'];
 */
export type Target = `${Bound} ${number}` | `${Bound} ${number} ${Unit}`;

interface Judged {
  readonly value: number | null;
  readonly unit: Unit;
  readonly ratio: number | null;
}

/** Null when there is nothing to judge, because the value could not be measured here. */
export function holdsTarget(target: Target, { value, unit, ratio }: Judged): boolean | null {
  const parsed = /^(at most|at least) (\d+(?:\.\d+)?)(?: (\S+))?$/.exec(target);
  if (parsed === null) {
    throw new TypeError(`the target "${target}" does not read "at most N" or "at least N unit"`);
  }
  const [, bound, limit, limitUnit] = parsed;
  const judge = (found: number): boolean =>
    bound === 'at most' ? found <= Number(limit) : found >= Number(limit);

  if (limitUnit === undefined) return ratio === null ? null : judge(ratio);
  if (value === null) return null;
  const converted = convert(value, unit, limitUnit);
  if (converted === undefined) {
    throw new TypeError(`the target "${target}" cannot bound a value in ${unit}`);
  }
  return judge(converted);
}

import { convert, type Unit } from './quantity.ts';
import { multipleOf, type Reference, type ReferenceName } from './reference.ts';

type Bound = 'at most' | 'at least';

/**
 * A ceiling or a floor, as a person would say it. Bare, it bounds the ratio
 * ours / peer; with the name of a reference it bounds our own value as a multiple of that
 * reference, measured in the same run; with a unit it bounds our own value, where that is
 * the same on every machine: bytes and counts. Times and rates are not, and are refused.
 *
 * @example
 * const targets: Target[] = ['at most 1.15', 'at most 40 × select 1', 'at most 5 kB'];
 */
export type Target =
  | `${Bound} ${number}`
  | `${Bound} ${number} × ${ReferenceName}`
  | `${Bound} ${number} ${Unit}`;

interface Judged {
  readonly value: number | null;
  readonly unit: Unit;
  readonly ratio: number | null;
  readonly reference: Reference | null;
}

const FORM = /^(at most|at least) (\d+(?:\.\d+)?)(?: × (.+)| (\S+))?$/;

/** Null when there is nothing to judge, because the value could not be measured here. */
export function holdsTarget(target: Target, judged: Judged): boolean | null {
  const { value, unit, ratio, reference } = judged;
  const parsed = FORM.exec(target);
  if (parsed === null) {
    throw new TypeError(
      `the target "${target}" does not read "at most N", "at least N × REFERENCE" or "at most N UNIT"`,
    );
  }
  const [, bound, limit, name, limitUnit] = parsed;
  const judge = (found: number): boolean =>
    bound === 'at most' ? found <= Number(limit) : found >= Number(limit);

  if (name !== undefined) {
    if (reference !== null && reference.name !== name) {
      throw new TypeError(`the target "${target}" is given "${reference.name}" as its reference`);
    }
    // It could not be measured here, and nor could the reference.
    if (value === null) return null;
    if (reference === null) throw new TypeError(`the target "${target}" lacks its reference`);
    return judge(multipleOf(value, unit, reference));
  }
  if (limitUnit === undefined) return ratio === null ? null : judge(ratio);
  if (limitUnit.endsWith('/s') || convert(1, limitUnit, 's') !== undefined) {
    throw new TypeError(
      `the target "${target}" is of one machine: bound the value as a multiple of a reference`,
    );
  }
  if (value === null) return null;
  const converted = convert(value, unit, limitUnit);
  if (converted === undefined) {
    throw new TypeError(`the target "${target}" cannot bound a value in ${unit}`);
  }
  return judge(converted);
}

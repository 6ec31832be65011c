import { convert, type Unit } from './quantity.ts';
import { multipleOf, type Reference, type ReferenceName } from './reference.ts';

type Bound = 'at most' | 'at least';

/**
 * An upper or lower bound. Without a unit, it bounds the ratio ours / peer. With the name of a
 * reference, it bounds our value as a multiple of that reference, measured in the same run.
 * With a unit, it bounds our value. That is only allowed for bytes and counts, which are
 * the same on every machine, not for times and rates.
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

/** Null if the value could not be measured here. */
export function holdsTarget(target: Target, judged: Judged): boolean | null {
  const { value, unit, ratio, reference } = judged;
  const parsed = FORM.exec(target);
  if (parsed === null) {
    throw new TypeError(
      `the target "${target}" must have the form "at most N", "at least N × REFERENCE" or "at most N UNIT"`,
    );
  }
  const [, bound, limit, name, limitUnit] = parsed;
  const judge = (found: number): boolean =>
    bound === 'at most' ? found <= Number(limit) : found >= Number(limit);

  if (name !== undefined) {
    if (reference !== null && reference.name !== name) {
      throw new TypeError(
        `the target "${target}" does not match its reference "${reference.name}"`,
      );
    }
    // The value could not be measured here, and neither could the reference.
    if (value === null) return null;
    if (reference === null) throw new TypeError(`the target "${target}" has no reference`);
    return judge(multipleOf(value, unit, reference));
  }
  if (limitUnit === undefined) return ratio === null ? null : judge(ratio);
  if (limitUnit.endsWith('/s') || convert(1, limitUnit, 's') !== undefined) {
    throw new TypeError(
      `the target "${target}" depends on the machine: bound the value as a multiple of a reference`,
    );
  }
  if (value === null) return null;
  const converted = convert(value, unit, limitUnit);
  if (converted === undefined) {
    throw new TypeError(`the target "${target}" cannot bound a value in ${unit}`);
  }
  return judge(converted);
}

import type { NotJudged } from '../../../check/validation.ts';
import { escapeControls } from '../../../command/escape-controls.ts';
import { count } from './print-context.ts';

/** A line for each object and reason, with the rules that did not judge it. */
export function notJudgedLines(notJudged: readonly NotJudged[]): readonly string[] {
  const groups = Map.groupBy(notJudged, ({ object = '', reason }) =>
    JSON.stringify([object, reason]),
  );
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { object, rule, reason } = first;
    const rules = members.length === 1 ? rule : count(members.length, 'rule');
    return escapeControls(`${object === undefined ? '' : `${object} by `}${rules}: ${reason}.`);
  });
}

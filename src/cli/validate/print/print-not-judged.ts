import type { NotJudged } from '../../../check/validation.ts';
import { escapeControls } from '../../../command/escape-controls.ts';
import { relativePlaces } from '../../../report/relative-places.ts';
import { count } from './print-context.ts';

/** A line for each object and reason, with the rules that did not judge it. */
export function notJudgedLines(notJudged: readonly NotJudged[], folder: string): readonly string[] {
  const groups = Map.groupBy(notJudged, ({ object = '', reason }) =>
    JSON.stringify([object, reason]),
  );
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const { object, rule, reason } = first;
    const rules = members.length === 1 ? rule : count(members.length, 'rule');
    const what = [object, rule && rules].filter((part) => part !== undefined).join(' by ');
    return escapeControls(`${what}${at(relativePlaces(first, folder))}: ${reason}.`);
  });
}

const at = ({ places: [place] = [] }: NotJudged): string =>
  place === undefined ? '' : ` (${place.file}${place.line === undefined ? '' : `:${place.line}`})`;

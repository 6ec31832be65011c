/** One alternative in a field such as `Depends`. */
export interface AptAlternative {
  readonly name: string;
  readonly operator: AptOperator | undefined;
  readonly version: string | undefined;
}

export type AptOperator = '<<' | '<=' | '=' | '>=' | '>>';

const ALTERNATIVE =
  /^([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?\s*(?:\(\s*(<<|<=|=|>=|>>|<|>)\s*([^\s)]+)\s*\))?\s*(?:\[[^\]]*\])?\s*(?:<[^>]*>\s*)*$/i;

/** Parses the alternatives of `a (>= 1) | b`. Invalid ones are left out. */
export function readAlternatives(relation: string): AptAlternative[] {
  return relation.split('|').flatMap((text) => {
    const match = ALTERNATIVE.exec(text.trim());
    if (!match) return [];
    const [, name = '', operator, version] = match;
    return [{ name, operator: readOperator(operator), version }];
  });
}

/** Splits `a, b (>= 1) | c` into relations. Each of them must be satisfied. */
export function splitRelations(field: string): string[] {
  return field
    .split(',')
    .map((text) => text.replaceAll(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

/** The deprecated operators `<` and `>` mean "or equal". */
function readOperator(text: string | undefined): AptOperator | undefined {
  if (text === '<') return '<=';
  if (text === '>') return '>=';
  return text as AptOperator | undefined;
}

/** Whether two JSON texts have the same values in the same order, in any layout. */
export function isSameJson(one: string, other: string): boolean {
  const [first, second] = [one, other].map(parse);
  return first !== undefined && first === second;
}

/** The text in one layout; `undefined` if it is not JSON. */
function parse(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

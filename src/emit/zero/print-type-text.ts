/** Spaces and comments; a string; a template; a word; a mark. */
const TOKEN =
  /((?:\/\/[^\n]*|\/\*[^]*?\*\/|\s)+)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(`(?:\\.|[^`\\])*`)|([\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*)|(=>|\.\.\.|[^])/gu;

const WORD = /^[\p{ID_Start}$_]/u;
const OPEN = new Set(['{', '(', '[', '<']);
const CLOSE = new Set(['}', ')', ']', '>']);
/** An operand follows these. What begins a line with | or & there says nothing by it. */
const OPERATORS = new Set([
  '(',
  '<',
  ':',
  '=',
  '=>',
  '[',
  ',',
  '|',
  '&',
  '?',
  ';',
  '{',
  '.',
  '...',
]);
const PREFIXES = new Set(
  'as asserts extends in infer is keyof new readonly typeof unique'.split(' '),
);

interface Token {
  readonly text: string;
  /** A new line came before it. */
  readonly afterLine: boolean;
}

/**
 * A type as a formatter would leave it on one line: spaces, quotes, comments and
 * separators of the source do not move the output. The parts are glued together,
 * so that an imported name can stand anywhere in it.
 */
export function printTypeText(parts: readonly string[]): string {
  const text = parts.join('').trim();
  // Templates within templates are left as they are.
  if (/`[^`]*\$\{[^}]*`[^`]*`/.test(text)) return `(\n${text}\n)`;
  const tokens = separate(tokenise(text));
  const optional = tokens.map((token, at) => isOptional(token, tokens[at + 1]));
  return tokens.reduce(
    (line, token, at) =>
      line +
      gap(tokens[at - 1], token, optional[at] ?? false, at > 0 && (optional[at - 1] ?? false)) +
      token,
    '',
  );
}

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let afterLine = false;
  for (const [, space, string, template, word, mark] of text.matchAll(TOKEN)) {
    if (space !== undefined) {
      afterLine ||= space.includes('\n');
      continue;
    }
    const token = string === undefined ? (template ?? word ?? mark ?? '') : requote(string);
    tokens.push({ text: token, afterLine });
    afterLine = false;
  }
  return tokens;
}

/** Members of an object type end in `;`, in `,` or with their line; here always in `;`, the last in nothing. */
function separate(tokens: readonly Token[]): readonly string[] {
  const out: string[] = [];
  const open: string[] = [];
  for (const { text, afterLine } of tokens) {
    const last = out.at(-1);
    const inMembers = open.at(-1) === '{';
    const continues =
      last === undefined || OPERATORS.has(last) || PREFIXES.has(last) || !startsMember(text);
    if (afterLine && inMembers && !continues) out.push(';');
    if (
      (text === '|' || text === '&') &&
      (last === undefined || OPERATORS.has(last) || PREFIXES.has(last))
    )
      continue;
    if (CLOSE.has(text)) {
      if (last === ';' || last === ',') out.pop();
      open.pop();
    }
    if (OPEN.has(text)) open.push(text);
    out.push(text === ',' && inMembers ? ';' : text);
  }
  return out;
}

/** What a member of an object type can begin with, on a line of its own. */
const startsMember = (text: string): boolean =>
  text !== 'extends' && (WORD.test(text) || /^[\d'"[(<+-]/.test(text));

/** `a?: b` and `[a?]`, not `a extends b ? c : d`. */
const isOptional = (token: string, next: string | undefined): boolean =>
  token === '?' && (next === undefined || [':', ']', ',', '(', '<'].includes(next));

const GLUED_BEFORE = new Set([')', ']', '>', ',', ';', '.', '<']);
const GLUED_AFTER = new Set(['(', '[', '<', '.', '...', '-', '+']);

function gap(
  before: string | undefined,
  token: string,
  optional: boolean,
  afterOptional: boolean,
): string {
  if (before === undefined || GLUED_AFTER.has(before) || optional) return '';
  if (afterOptional && [':', '(', '<'].includes(token)) return '';
  if (token === '[' || token === '(') {
    // `string[]` and `f(x)`, but `readonly [a]`, `| (b)` and `=> (c)`.
    const glued = (WORD.test(before) && !PREFIXES.has(before)) || /^[)\]}>'"`]/.test(before);
    return glued ? '' : ' ';
  }
  if (token === ':') return '';
  return GLUED_BEFORE.has(token) ? '' : ' ';
}

function requote(text: string): string {
  const inner = text.slice(1, -1);
  if (text.startsWith("'") || inner.includes("'")) return text;
  return `'${inner.replaceAll(String.raw`\"`, '"')}'`;
}

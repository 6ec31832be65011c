import { requote } from './quote.ts';

/** Matches whitespace and comments, a string, a template, a word, or punctuation. */
const TOKEN =
  /((?:\/\/[^\n]*|\/\*[^]*?\*\/|\s)+)|("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(`(?:\\.|[^`\\])*`)|([\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*)|(=>|\.\.\.|[^])/gu;

const WORD = /^[\p{ID_Start}$_]/u;
const OPEN = new Set(['{', '(', '[', '<']);
const CLOSE = new Set(['}', ')', ']', '>']);
/** Tokens before an operand. A leading | or & on a new line after one of these is redundant. */
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
  /** Whether a line break precedes the token. */
  readonly afterLine: boolean;
}

/**
 * Formats a type on one line as a formatter would: whitespace, quotes, comments and
 * separators in the source do not affect the output. The parts are concatenated, so that an
 * imported name can appear anywhere in the type.
 */
export function printTypeText(parts: readonly string[]): string {
  const text = parts.join('').trim();
  // Nested templates are not reformatted.
  if (/`[^`]*\$\{[^}]*`[^`]*`/.test(text)) return `(\n${text}\n)`;
  const tokens = separate(tokenise(text));
  const roles = rolesOf(tokens);
  return tokens.reduce(
    (line, token, at) => line + gap(tokens[at - 1], token, roles[at], roles[at - 1]) + token,
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
    const token =
      string === undefined ? (template ?? word ?? mark ?? '') : requote(string.slice(1, -1));
    tokens.push({ text: token, afterLine });
    afterLine = false;
  }
  return tokens;
}

/**
 * In the source, members of an object type end in `;`, in `,` or at the end of the line.
 * The output separates them by `;`, with none after the last.
 */
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

/** Tokens that can start a member of an object type on a new line. */
const startsMember = (text: string): boolean =>
  text !== 'extends' && (WORD.test(text) || /^[\d'"[(<+-]/.test(text));

/**
 * The role of a `?` or `:`: optional in `a?: b` and `[a?]`, conditional in `a extends b ? c
 * : d`.
 */
type Role = 'optional' | 'conditional' | undefined;

function rolesOf(tokens: readonly string[]): readonly Role[] {
  /** One entry per open bracket: the number of `extends` without `?`, and of `?` without `:`. */
  const open = [{ conditions: 0, branches: 0 }];
  return tokens.map((token) => {
    const here = open.at(-1) ?? { conditions: 0, branches: 0 };
    if (OPEN.has(token)) open.push({ conditions: 0, branches: 0 });
    else if (CLOSE.has(token)) open.pop();
    else if (token === ';' || token === ',') Object.assign(here, { conditions: 0, branches: 0 });
    else if (token === 'extends') here.conditions += 1;
    else if (token === '?') {
      if (here.conditions === 0) return 'optional';
      here.conditions -= 1;
      here.branches += 1;
      return 'conditional';
    } else if (token === ':' && here.branches > 0) {
      here.branches -= 1;
      return 'conditional';
    }
    return undefined;
  });
}

const GLUED_BEFORE = new Set([')', ']', '>', ',', ';', '.', '<']);
const GLUED_AFTER = new Set(['(', '[', '<', '.', '...', '-', '+']);

function gap(before: string | undefined, token: string, role: Role, roleBefore: Role): string {
  if (before === undefined || GLUED_AFTER.has(before) || role === 'optional') return '';
  if (role === 'conditional' || roleBefore === 'conditional') return ' ';
  if (roleBefore === 'optional' && [':', '(', '<'].includes(token)) return '';
  // `{}`, and the `-?` of a mapped type.
  if ((before === '{' && token === '}') || (before === ']' && /^[-+]$/.test(token))) return '';
  if (token === '[' || token === '(') {
    // `string[]` and `f(x)`, but `readonly [a]`, `| (b)` and `=> (c)`.
    const glued = (WORD.test(before) && !PREFIXES.has(before)) || /^[)\]}>'"`]/.test(before);
    return glued ? '' : ' ';
  }
  if (token === ':') return '';
  return GLUED_BEFORE.has(token) ? '' : ' ';
}

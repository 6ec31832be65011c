import { parseSync } from 'oxc-parser';

/** A small change of the source that a test should notice. */
export interface Mutation {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  /** What is changed: `=== to !==`. */
  readonly kind: string;
  /** The original text, shortened. */
  readonly text: string;
  /** Whether the code runs once, when its module is loaded. */
  readonly isStatic: boolean;
}

/** A text that identifies a mutation as long as its file is the same. */
export const mutationText = ({ file, line, kind, text }: Mutation): string =>
  `${file}:${line} ${kind} [${text}]`;

/** The source of a file in which each mutation can be switched on. */
export interface MutatedSource {
  readonly code: string;
  readonly mutations: readonly Mutation[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [name: string]: unknown;
}

const SWITCHED: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
};
const METHODS: Readonly<Record<string, string>> = { some: 'every', every: 'some' };
/** Calls that are replaced by their receiver. */
const REMOVED: ReadonlySet<string> = new Set(['filter', 'toLowerCase', 'slice', 'trim']);

/**
 * Adds every mutation of a file to its source, as `mutant(id) ? changed : original`. One
 * process can then try all of them.
 */
export function mutateSource(file: string, source: string, firstId: number): MutatedSource {
  const { program } = parseSync(file, source);
  const mutations: Mutation[] = [];
  let functions = 0;
  let chains = 0;

  const raw = ({ start, end }: Node): string => source.slice(start, end);
  const add = (node: Node, kind: string): number => {
    const id = firstId + mutations.length;
    const line = source.slice(0, node.start).split('\n').length;
    const text = raw(node).replaceAll(/\s+/g, ' ').slice(0, 70);
    mutations.push({ id, file, line, kind, text, isStatic: functions === 0 });
    return id;
  };
  const wrap = (
    node: Node,
    changes: readonly (readonly [kind: string, text: string])[],
    own: string,
  ): string =>
    changes.reduce(
      (text, [kind, changed]) => `(mutant(${add(node, kind)})?(${changed}):${text})`,
      changes.length > 0 ? `(${own})` : own,
    );

  /** The text of a node, with its parts mutated. */
  function inner(node: Node): string {
    const parts = childrenOf(node);
    let text = '';
    let at = node.start;
    for (const part of parts) {
      const printed = print(part);
      const isCondition = node.type === 'IfStatement' && part === node['test'];
      text += source.slice(at, part.start) + (isCondition ? condition(part, printed) : printed);
      at = part.end;
    }
    return text + source.slice(at, node.end);
  }

  function condition(node: Node, printed: string): string {
    const [always, never] = [add(node, 'if (true)'), add(node, 'if (false)')];
    return `mutant(${always}) || (!mutant(${never}) && (${printed}))`;
  }

  function print(node: Node): string {
    if (node.type.startsWith('TS') && !EXPRESSIONS.has(node.type)) return raw(node);
    if (SKIPPED.has(node.type)) return raw(node);
    const isFunction = /Function|StaticBlock/.test(node.type) && node.type !== 'TSFunctionType';
    const isChain = node.type === 'ChainExpression';
    functions += isFunction ? 1 : 0;
    chains += isChain ? 1 : 0;
    const own = inner(node);
    const result = chains > 0 ? own : mutated(node, own);
    functions -= isFunction ? 1 : 0;
    chains -= isChain ? 1 : 0;
    return result;
  }

  function mutated(node: Node, own: string): string {
    switch (node.type) {
      case 'BinaryExpression': {
        const to = SWITCHED[node['operator'] as string];
        if (to === undefined) return own;
        const [left, right] = [node['left'], node['right']] as [Node, Node];
        return wrap(
          node,
          [[`${String(node['operator'])} to ${to}`, `${raw(left)} ${to} ${raw(right)}`]],
          own,
        );
      }
      case 'LogicalExpression': {
        const [left, right] = [node['left'], node['right']] as [Node, Node];
        const changes: [string, string][] =
          node['operator'] === '??'
            ? [['?? to its right side', raw(right)]]
            : [
                ['only the left side', raw(left)],
                ['only the right side', raw(right)],
                [
                  node['operator'] === '&&' ? '&& to ||' : '|| to &&',
                  `(${raw(left)}) ${node['operator'] === '&&' ? '||' : '&&'} (${raw(right)})`,
                ],
              ];
        return wrap(node, changes, own);
      }
      case 'UnaryExpression':
        return node['operator'] === '!'
          ? wrap(node, [['without !', raw(node['argument'] as Node)]], own)
          : own;
      case 'ConditionalExpression':
        return wrap(
          node,
          [
            ['first branch', raw(node['consequent'] as Node)],
            ['second branch', raw(node['alternate'] as Node)],
          ],
          own,
        );
      case 'CallExpression':
        return mutatedCall(node, own);
      case 'Literal':
        return typeof node['value'] === 'boolean'
          ? wrap(node, [['flipped', String(!node['value'])]], own)
          : own;
      case 'TemplateLiteral': {
        const expressions = node['expressions'] as readonly Node[];
        const changes = expressions.map((one): [string, string] => [
          'without a part of the text',
          source.slice(node.start, one.start) + "''" + source.slice(one.end, node.end),
        ]);
        return wrap(node, changes, own);
      }
      case 'ArrayExpression': {
        const elements = (node['elements'] as readonly (Node | null)[]).filter(
          (one) => one !== null,
        );
        const changes = elements.map((one): [string, string] => [
          'without an element',
          `[${elements
            .filter((other) => other !== one)
            .map(raw)
            .join(', ')}]`,
        ]);
        return wrap(node, changes, own);
      }
      case 'ThrowStatement':
        return `{ if (!mutant(${add(node, 'without throw')})) ${own} }`;
      case 'ExpressionStatement': {
        const expression = node['expression'] as Node;
        if (!/^(?:Call|Await)Expression$/.test(expression.type)) return own;
        return `{ if (!mutant(${add(node, 'without the call')})) ${own} }`;
      }
      default:
        return own;
    }
  }

  function mutatedCall(node: Node, own: string): string {
    const callee = node['callee'] as Node;
    const name = (callee['property'] as Node | undefined)?.['name'];
    if (callee.type !== 'MemberExpression' || typeof name !== 'string') return own;
    const object = callee['object'] as Node;
    const changes: [string, string][] = [];
    const other = METHODS[name];
    if (other !== undefined) {
      const rest = source.slice((callee['property'] as Node).end, node.end);
      changes.push([`${name} to ${other}`, `${raw(object)}.${other}${rest}`]);
    }
    if (REMOVED.has(name)) changes.push([`without ${name}`, raw(object)]);
    if (name === 'includes' || name === 'has')
      changes.push([`${name} is true`, 'true'], [`${name} is false`, 'false']);
    return wrap(node, changes, own);
  }

  const all = childrenOf(program as unknown as Node);
  let code = '';
  let at = 0;
  for (const statement of all) {
    code += source.slice(at, statement.start) + print(statement);
    at = statement.end;
  }
  return {
    code: `const mutant = (id: number): boolean => (globalThis as any).isMutant?.(id) ?? false;\n${code}${source.slice(at)}`,
    mutations,
  };
}

const EXPRESSIONS: ReadonlySet<string> = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
]);
const SKIPPED: ReadonlySet<string> = new Set(['ImportDeclaration', 'TaggedTemplateExpression']);

/** The parts of a node that may be mutated, in the order of the source. */
function childrenOf(node: Node): readonly Node[] {
  const parts: Node[] = [];
  for (const [name, value] of Object.entries(node)) {
    if (name === 'key' && node['computed'] !== true) continue;
    if (name === 'left' && node.type === 'AssignmentExpression') continue;
    if (name === 'test' && node.type === 'SwitchCase') continue;
    if (name === 'typeAnnotation' || name === 'typeArguments' || name === 'quasis') continue;
    if (name === 'argument' && node.type === 'UpdateExpression') continue;
    if (name === 'value' && node['shorthand'] === true) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'object' && one !== null && 'type' in one && 'start' in one) {
        parts.push(one as Node);
      }
    }
  }
  return parts.sort((a, b) => a.start - b.start);
}

import { parseSync } from 'oxc-parser';
import { format } from 'oxfmt';
import { expect, test } from 'vitest';
import { printTypeText } from './print-type-text.ts';

test.each([
  ['"a"|\'b\'', "'a' | 'b'"],
  ['\n  | "a"\n  | "it\'s"\n', `'a' | "it's"`],
  ['{a:number,b?:string;}', '{ a: number; b?: string }'],
  [
    '{\n  a: number // counted\n  /** of it */ b: string\n  [key: string]: unknown\n}',
    '{ a: number; b: string; [key: string]: unknown }',
  ],
  [
    '{\n  a:\n    | "x"\n    | "y"\n  f(x: number): void\n  g: () => string\n  new (x: 1): 2\n}',
    "{ a: 'x' | 'y'; f(x: number): void; g: () => string; new (x: 1): 2 }",
  ],
  [
    'readonly [ first : string , ...rest: number[ ] ]',
    'readonly [first: string, ...rest: number[]]',
  ],
  ['Array < Record<string,{ a : 1 }> , >', 'Array<Record<string, { a: 1 }>>'],
  ['(a:string,b?:number,)=>Promise<void>', '(a: string, b?: number) => Promise<void>'],
  ['{ -readonly [ K in keyof T ] -?: T[K]; }', undefined],
  ['T extends (infer U)[] ? U : never', undefined],
  ['{ theme: infer U } extends T ? (U | 1)[] : [U]', undefined],
  ['T extends infer U extends string ? () => U : { a?: (x?: U) => 1; b?(): 2 }', undefined],
  [
    '{ a: T extends infer U extends 1 ? 2 : 3; b?: T extends 1 ? 2 : T extends 3 ? 4 : 5 }',
    undefined,
  ],
  ["'ha\\'ppy' | \"say \\\"it's\\\"\" | '\\\\'", `"ha'ppy" | 'say "it\\'s"' | '\\\\'`],
  ['{ readonly [K in "a"|"b" as `get${Capitalize<K>}`]: K }', undefined],
  ['`v${number}.${ number }`', '`v${number}.${ number }`'],
  ['`${`a${string}`} b`', undefined],
  ['keyof typeof import("./a.ts").things', undefined],
  ['[a?: string, b?: {}]', undefined],
  ['[string?, number?]', undefined],
  ['-1 | 0 | 1.5 | 1n', undefined],
  ['A.B.C["d"][number]', undefined],
  ['{ get a(): string; set a(value: string) }', undefined],
  ['unique symbol', undefined],
  ['new () => { a: 1 }', undefined],
  ['<T,>(x: T) => x is T & string', undefined],
  ['{ a?(): void; b?<T>(x: T): T }', undefined],
  ['{\n  kind: "a"\n  value: A extends string\n    ? { b: 1 }\n    : { c: 2 }\n}', undefined],
])('%j is formatted, with the same meaning', async (source, expected) => {
  const printed = printTypeText([source]);
  if (expected !== undefined) expect(printed).toBe(expected);
  expect(meaning(printed)).toEqual(meaning(source));
  // The text inside a template is unchanged.
  if (!source.startsWith('`')) expect(await formatted(printed)).toBe(printed);
  expect(printTypeText([printed.startsWith('(\n') ? source : printed])).toBe(printed);
});

async function formatted(text: string): Promise<string> {
  const { code } = await format('type.ts', `type X = ${text};`, {
    singleQuote: true,
    printWidth: 300,
  });
  return code.replace(/^type X = /, '').replace(/;\n$/, '');
}

/** The syntax tree without positions, quotes and brackets. */
function meaning(text: string): unknown {
  const { program, errors } = parseSync('type.ts', `type X = ${text};`);
  expect(errors, text).toEqual([]);
  const strip = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(strip);
    if (typeof node === 'bigint' || node === null || typeof node !== 'object') return String(node);
    const { type, typeAnnotation } = node as { type?: string; typeAnnotation?: unknown };
    if (type === 'TSParenthesizedType') return strip(typeAnnotation);
    return Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => !['start', 'end', 'range'].includes(key))
        .filter(([key]) => !(key === 'raw' && type === 'Literal'))
        .map(([key, value]) => [key, strip(value)]),
    );
  };
  return strip(program);
}

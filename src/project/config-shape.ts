/** What a setting may be, and what is inside of it. */
export interface Shape {
  /** As it follows "should be". */
  readonly expected: string;
  /** Something that it may be, as it is written. */
  example(found: unknown): string;
  /** Whether a value is of this kind at all; what is inside of it is another matter. */
  fits(value: unknown): boolean;
  inside?(value: unknown, path: Path): readonly WrongSetting[];
}

/** `['zero', 'tables', 'posts']` */
export type Path = readonly string[];

export interface WrongSetting {
  readonly path: Path;
  /** What is wrong, as a sentence. */
  readonly message: string;
  readonly fix: string;
}

/** All that is wrong with a value. */
export function checkShape(shape: Shape, value: unknown, path: Path): readonly WrongSetting[] {
  if (shape.fits(value)) return shape.inside?.(value, path) ?? [];
  const name = showPath(path);
  return [
    {
      path,
      message: `${name} is ${show(value)}, and should be ${shape.expected}.`,
      fix: `write ${name}: ${shape.example(value)}, or take it out.`,
    },
  ];
}

/** As TypeScript has it: `zero.tables.posts`. */
export const showPath = (path: Path): string =>
  path
    .map((key, index) => {
      if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${quote(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');

export const quote = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

function show(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

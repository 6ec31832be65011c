import type { Json } from './json.ts';

/** Width of a line in formatters' default settings. */
const WIDTH = 80;

/** JSON with two spaces of indentation, and short lists on one line. */
export const printJson = (value: Json): string => `${print(value, '', 0)}\n`;

function print(value: Json, indent: string, before: number): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    const isFlat = value.every((item) => typeof item !== 'object' || item === null);
    const line = `[${value.map((item) => print(item, inner, 0)).join(', ')}]`;
    if (value.length === 0 || (isFlat && indent.length + before + line.length < WIDTH)) return line;
    const items = value.map((item) => `${inner}${print(item, inner, 0)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).map(([key, field]) => {
    const name = `${JSON.stringify(key)}: `;
    return `${inner}${name}${print(field, inner, name.length)}`;
  });
  return fields.length === 0 ? '{}' : `{\n${fields.join(',\n')}\n${indent}}`;
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

import type { ColumnType } from '../model/column-type.ts';

/** A value in Postgres text format, for a quoted literal or COPY. `null` for NULL. */
export function valueText(value: unknown, type: ColumnType): string | null {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'json':
      return JSON.stringify(value);
    case 'array':
      return Array.isArray(value) ? arrayText(value, type.of) : String(value);
    case 'date':
      return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
    case 'other':
      // A vector.
      return Array.isArray(value) ? JSON.stringify(value) : String(value);
    default:
      return value instanceof Date ? value.toISOString() : String(value);
  }
}

function arrayText(values: readonly unknown[], of: ColumnType): string {
  const items = values.map((value) => {
    const text = valueText(value, of);
    if (text === null) return 'null';
    return of.kind === 'array' ? text : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  });
  return `{${items.join(',')}}`;
}

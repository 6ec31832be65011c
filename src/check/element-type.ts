import type { ColumnType } from '../model/column-type.ts';

/** The type of an array's elements, or the type itself. */
export const elementType = (type: ColumnType): ColumnType =>
  type.kind === 'array' ? elementType(type.of) : type;

import { baseType } from '../model/base-type.ts';
import type { Column } from '../model/column.ts';
import { sqlType } from '../model/sql-type.ts';

/** A pgvector type that can be searched by distance. */
export interface VectorType {
  readonly name: 'vector' | 'halfvec';
  readonly dimensions: number;
  /** The maximum number of dimensions that an index of it supports. */
  readonly limit: number;
  /** Only an index over the value cast to halfvec supports this many dimensions. */
  readonly needsHalf: boolean;
}

/** The pgvector type of a column with a fixed number of dimensions, if it has one. */
export function vectorType({ type }: Column): VectorType | undefined {
  const {
    name,
    args,
    dimensions: arrays,
  } = baseType(sqlType(type).replace(/^[\w"]+\.(?=(?:vector|halfvec)\b)/, ''));
  if ((name !== 'vector' && name !== 'halfvec') || args === undefined || arrays > 0)
    return undefined;
  const dimensions = Number(args);
  const limit = name === 'vector' ? 2000 : 4000;
  return { name, dimensions, limit, needsHalf: name === 'vector' && dimensions > limit };
}

import { packages } from '../tables/packages.ts';

/** A package in a list. */
export interface ListedPackage {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The columns of a list. */
export const listedColumns = {
  id: packages.id,
  name: packages.name,
  language: packages.language,
  createdAt: packages.createdAt,
  updatedAt: packages.updatedAt,
};

import type { GardenConfig, ZeroConfig } from './config.ts';
import type { ColumnChoices, TableChoices } from '../model/zero-choices.ts';
import type { Shape } from './config-shape.ts';
import { either, exactly, names, object, oneOf, record, text, twoNames } from './shapes.ts';

/** Every setting there is: TypeScript sees to it that none is forgotten. */
type Settings<Of> = Readonly<Record<keyof Of, Shape>>;

/** zero-cache keeps what begins with _ for its own. */
const publicationName: Shape = {
  expected: 'a name of at most 63 letters, digits and _ that begins with a letter',
  example: () => "'zero_data'",
  fits: (value) => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,62}$/.test(value),
};

const defaults = oneOf('optional', 'required');

const column = either(
  exactly(true),
  exactly(false),
  object({ defaults } satisfies Settings<ColumnChoices>),
);

const table = either(
  object({
    key: names,
    name: text('name'),
    columns: record(column),
    defaults,
  } satisfies Settings<TableChoices>),
  exactly(false),
);

const manyToMany = either(
  object({ many: text('relation'), one: text('relation') }, ['many', 'one']),
  twoNames,
  text('newName'),
  exactly(false),
);

const zero = object({
  out: text('src/apps/garden/zero'),
  importEnding: oneOf('.ts', '.js', 'none'),
  rulesType: text('@techgarden/schema/server'),
  only: names,
  tables: record(table),
  relations: record(record(either(text('newName'), exactly(false)))),
  manyToMany: record(record(manyToMany)),
  defaults,
  publication: either(publicationName, exactly(false)),
} satisfies Settings<ZeroConfig>);

/** What garden.config.ts may say. */
export const gardenConfigShape: Shape = object({ zero } satisfies Settings<GardenConfig>);

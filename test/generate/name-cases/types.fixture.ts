export interface Meta {
  readonly a: number;
}
/** As the generated file calls the type of a row, and Zero its own. */
export type Row = `row-${number}`;
export type User = 'root';

interface Settings {
  readonly theme: 'dark' | 'light';
}
// oxlint-disable-next-line import/no-default-export
export type { Settings as default };

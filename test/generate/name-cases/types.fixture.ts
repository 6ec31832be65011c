export interface Meta {
  readonly a: number;
}
/** Has the name of a generated row type, and of a type of Zero. */
export type Row = `row-${number}`;
export type User = 'root';

interface Settings {
  readonly theme: 'dark' | 'light';
}
// oxlint-disable-next-line import/no-default-export
export type { Settings as default };

/** The name of another module's type too. */
export interface Meta {
  readonly b: string;
}

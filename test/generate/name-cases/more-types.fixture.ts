/** Has the same name as a type of another module. */
export interface Meta {
  readonly b: string;
}

/** Types that look up a row, an insert or an enum: `Tables<"notes">`. */
export const HELPER_TYPES: string = `type Schemas = Omit<Database, "__InternalSupabase">
type In<S extends keyof Schemas, Kind extends keyof Schemas[S]> = Schemas[S][Kind]
type Relations<S extends keyof Schemas> = In<S, "Tables"> & In<S, "Views">

export type Tables<
  Name extends keyof Relations<"public"> | { schema: keyof Schemas },
  Other extends Name extends { schema: infer S extends keyof Schemas }
    ? keyof Relations<S>
    : never = never,
> = Name extends { schema: infer S extends keyof Schemas }
  ? Relations<S>[Other & keyof Relations<S>] extends { Row: infer Row }
    ? Row
    : never
  : Name extends keyof Relations<"public">
    ? Relations<"public">[Name] extends { Row: infer Row }
      ? Row
      : never
    : never
${writes('TablesInsert', 'Insert')}${writes('TablesUpdate', 'Update')}${named('Enums')}${named('CompositeTypes')}`;

/** The row that an insert or an update of a table takes. */
function writes(name: string, kind: string): string {
  return `
export type ${name}<
  Name extends keyof In<"public", "Tables"> | { schema: keyof Schemas },
  Other extends Name extends { schema: infer S extends keyof Schemas }
    ? keyof In<S, "Tables">
    : never = never,
> = Name extends { schema: infer S extends keyof Schemas }
  ? In<S, "Tables">[Other & keyof In<S, "Tables">] extends { ${kind}: infer Row }
    ? Row
    : never
  : Name extends keyof In<"public", "Tables">
    ? In<"public", "Tables">[Name] extends { ${kind}: infer Row }
      ? Row
      : never
    : never
`;
}

function named(kind: string): string {
  return `
export type ${kind}<
  Name extends keyof In<"public", "${kind}"> | { schema: keyof Schemas },
  Other extends Name extends { schema: infer S extends keyof Schemas }
    ? keyof In<S, "${kind}">
    : never = never,
> = Name extends { schema: infer S extends keyof Schemas }
  ? In<S, "${kind}">[Other & keyof In<S, "${kind}">]
  : Name extends keyof In<"public", "${kind}">
    ? In<"public", "${kind}">[Name]
    : never
`;
}

/** The mutation by which zero-cache deletes results that a client has seen. */
const CLEANUP = '_zero_cleanupResults';

/**
 * Whether a push deletes results of another client group. Zero reads the group from the
 * arguments, and zero-cache forwards client mutations with this name.
 */
export function hasForeignCleanup(body: unknown): boolean {
  const { clientGroupID, mutations } = fieldsOf(body);
  if (!Array.isArray(mutations)) return false;
  return mutations.map(fieldsOf).some(({ name, args }) => {
    if (name !== CLEANUP || !Array.isArray(args)) return false;
    return fieldsOf(args[0])['clientGroupID'] !== clientGroupID;
  });
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

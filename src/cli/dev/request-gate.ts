/** Lets requests wait while parts of the stack are replaced. */
export interface RequestGate {
  /** Closes the gate until the returned function is called. */
  hold(): () => void;
  /** Resolves when the gate is open. */
  opened(): Promise<void>;
}

/** A gate that is open. It opens again when every hold has been released. */
export function createRequestGate(): RequestGate {
  let open: Promise<unknown> = Promise.resolve();
  return {
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      open = Promise.all([open, promise]);
      return resolve;
    },
    opened: async () => void (await open),
  };
}

import process from 'node:process';

/**
 * Runs something of the user's that may call `process.exit`: a module that does so
 * would end the generator too, with success where it says 0 and nothing written.
 */
export async function refuseExit<Result>(work: () => Promise<Result>): Promise<Result> {
  const { exit } = process;
  let refused: Error | undefined;
  process.exit = (code) => {
    refused = new Error(`it calls process.exit(${code ?? ''}).`);
    throw refused;
  };
  try {
    const result = await work();
    // It may have been caught where it was called.
    if (refused !== undefined) throw refused;
    return result;
  } finally {
    process.exit = exit;
  }
}

import process from 'node:process';

/**
 * Runs a user module so that it cannot end the generator: by `process.exit` (with 0, this
 * would look like success without any output), by an unhandled rejection, or by waiting
 * forever.
 */
export async function containModule<Result>(work: () => Promise<Result>): Promise<Result> {
  const { exit } = process;
  const failed = Promise.withResolvers<never>();
  process.exit = (code) => {
    const refused = new Error(`it calls process.exit(${code ?? ''}).`);
    // The user's code may catch the error.
    failed.reject(refused);
    throw refused;
  };
  const idle = (): void => failed.reject(new Error('it waits for a promise that never settles.'));
  process.on('uncaughtException', failed.reject);
  process.on('beforeExit', idle);
  try {
    const result = await Promise.race([failed.promise, work()]);
    // A `process.exit` call that was caught takes precedence over the result.
    return await Promise.race([failed.promise, result]);
  } finally {
    process.exit = exit;
    process.off('uncaughtException', failed.reject);
    process.off('beforeExit', idle);
  }
}

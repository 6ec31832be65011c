/**
 * On a terminal, one line that is written over and gone when the work is done;
 * elsewhere, such as in a log, a plain line for each step.
 */
export function createProgress(stream: NodeJS.WriteStream): {
  say: (text: string) => void;
  clear: () => void;
} {
  const terminal = stream.isTTY;
  // Some terminals say that they have no columns at all.
  const width = (): number => (stream.columns || 80) - 1;
  return {
    say: (text) => {
      stream.write(terminal ? `\r\u001B[2K${text.slice(0, width())}` : `${text}\n`);
    },
    clear: () => {
      if (terminal) stream.write('\r\u001B[2K');
    },
  };
}

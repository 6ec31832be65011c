/**
 * Progress output: one line that is overwritten and finally removed on a terminal, and one line per
 * step elsewhere.
 */
export function createProgress(stream: NodeJS.WriteStream): {
  say: (text: string) => void;
  clear: () => void;
} {
  const terminal = stream.isTTY;
  // Some terminals report zero columns.
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

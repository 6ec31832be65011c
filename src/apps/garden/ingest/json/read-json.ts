import { malformed, notNow } from '../http/fetch-failure.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { JsonSplitter, JsonSyntaxError, type JsonPiece, type JsonSelection } from './json-split.ts';

/** Maximum size of one value. The largest manifests have about 100 kB. */
const LARGEST_PIECE = 8 * 1024 * 1024;

/**
 * Reads a response piece by piece. A truncated response is temporary, invalid JSON is permanent.
 */
export async function readJsonPieces(
  { address, body }: HttpAnswer,
  selection: JsonSelection,
  take: (piece: JsonPiece) => void,
): Promise<void> {
  const splitter = new JsonSplitter(selection, LARGEST_PIECE);
  try {
    for await (const chunk of body) {
      for (const piece of splitter.push(chunk)) take(piece);
    }
    splitter.end();
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    if (!error.complete) throw notNow(address, 'the response is truncated.', { cause: error });
    throw malformed(address, `the response is not valid JSON: ${error.message}`, error);
  }
}

/** Reads a small response as one JSON object. */
export async function readJsonObject(
  answer: HttpAnswer,
): Promise<Readonly<Record<string, unknown>>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > LARGEST_PIECE)
      throw malformed(answer.address, 'the response is too large for this kind of document.');
    parts.push(chunk);
  }
  let value: unknown;
  const text = Buffer.concat(parts).toString('utf8');
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (isCut(error)) throw notNow(answer.address, 'the response is truncated.', { cause: error });
    throw malformed(answer.address, 'the response is not JSON.', error);
  }
  if (!isRecord(value)) throw malformed(answer.address, 'the response is not a JSON object.');
  return value;
}

/** V8's messages for JSON text that is truncated. */
const isCut = (error: unknown): boolean =>
  error instanceof SyntaxError && /end of JSON input|Unterminated string/.test(error.message);

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

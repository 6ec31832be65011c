import { malformed, notNow } from '../http/fetch-failure.ts';
import type { HttpAnswer } from '../http/http-client.ts';
import { JsonSplitter, JsonSyntaxError, type JsonPiece, type JsonWish } from './json-split.ts';

/** One wanted value may not be larger than this; the largest manifests have some 100 kB. */
const LARGEST_PIECE = 8 * 1024 * 1024;

/** Reads an answer piece by piece. What is cut may come whole the next time; what is wrong stays wrong. */
export async function readJsonPieces(
  { address, body }: HttpAnswer,
  wish: JsonWish,
  take: (piece: JsonPiece) => void,
): Promise<void> {
  const splitter = new JsonSplitter(wish, LARGEST_PIECE);
  try {
    for await (const chunk of body) {
      for (const piece of splitter.push(chunk)) take(piece);
    }
    splitter.end();
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    if (!error.complete) throw notNow(address, 'the answer ends in the middle.', { cause: error });
    throw malformed(address, `the answer cannot be read as JSON: ${error.message}`, error);
  }
}

/** Reads a small answer as one value, which must be an object. */
export async function readJsonObject(
  answer: HttpAnswer,
): Promise<Readonly<Record<string, unknown>>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > LARGEST_PIECE)
      throw malformed(answer.address, 'the answer is far larger than such a document is.');
    parts.push(chunk);
  }
  let value: unknown;
  const text = Buffer.concat(parts).toString('utf8');
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (isCut(error))
      throw notNow(answer.address, 'the answer ends in the middle.', { cause: error });
    throw malformed(answer.address, 'the answer is not JSON.', error);
  }
  if (!isRecord(value)) throw malformed(answer.address, 'the answer is not a JSON object.');
  return value;
}

/** V8's words for a text that is right as far as it goes. */
const isCut = (error: unknown): boolean =>
  error instanceof SyntaxError && /end of JSON input|Unterminated string/.test(error.message);

/** A JSON object, as far as its own members go: never its prototype's. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

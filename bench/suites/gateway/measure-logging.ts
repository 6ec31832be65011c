import { logRequests, type LoggedRequest } from '../../../src/apps/gateway/server/log-requests.ts';
import { newId } from '../../../src/kit/id.ts';
import { summarise } from '../../frame/summarise.ts';
import type { Context, Measurement } from '../../frame/suite.ts';
import { startBigPostgres } from '../seed/migrated-server.ts';
import { closeGateway, databaseOf, openGateway, SINCE, type Gateway } from './open-gateway.ts';

/** `GARDEN_BENCH_REQUESTS=20000` tries out the suite. */
const REQUESTS = Number(process.env['GARDEN_BENCH_REQUESTS'] ?? 200_000);

/** Requests of one statement. */
const BATCH = 10_000;

const COLUMNS =
  'id, server_id, tenant_id, user_id, method, tool_name, status_code, response_time, created_at';

/**
 * The backend's batches of rows, which it has as objects, against one COPY by the owner of the
 * tables, whose text is ready. Both write the same rows to the same table, with its indexes,
 * checks and triggers, over the same kind of connection.
 */
export async function* measureLogging(context: Context): AsyncGenerator<Measurement, void> {
  const { progress, signal, runs = 5 } = context;
  await using server = await startBigPostgres();
  const gateway = await openGateway(server);
  try {
    yield await refuseCopy(gateway);
    const rows = requestsOf(gateway);
    const text = copyText(rows, gateway.tenantId);
    const rates = { batched: [] as number[], copied: [] as number[], bare: [] as number[] };
    for (let round = -1; round < runs; round += 1) {
      signal.throwIfAborted();
      progress(round < 0 ? 'logging, warm-up' : `logging, round ${round + 1} of ${runs}`);
      const turns = [
        async () => rates.batched.push(await rateOf(gateway, () => logAll(gateway, rows))),
        async () => rates.copied.push(await rateOf(gateway, () => copy(gateway, text))),
        async () => rates.bare.push(await rateOf(gateway, () => copyWithoutRollups(gateway, text))),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
      if (round < 0) for (const list of Object.values(rates)) list.length = 0;
    }
    const [value, copied, bare] = [rates.batched, rates.copied, rates.bare].map(
      (list) => summarise(list).median,
    ) as [number, number, number];
    yield {
      name: `requests logged by gateway_backend, ${BATCH.toLocaleString('en-US')} each time, against COPY by the owner`,
      value,
      unit: 'rows/s',
      peer: copied,
      target: 'at least 0.7',
    };
    yield {
      name: 'the same against a COPY that marks nothing for the rollups',
      value,
      unit: 'rows/s',
      peer: bare,
    };
  } finally {
    await closeGateway(gateway);
  }
}

/** Postgres refuses COPY FROM to a role that policies apply to, whatever they allow. */
async function refuseCopy({ backend }: Gateway): Promise<Measurement> {
  const copied = await backend`copy server_requests (${backend.unsafe(COLUMNS)}) from stdin`
    .writable()
    .then(
      () => 1,
      ({ code }: { readonly code: string }) => {
        if (code !== '0A000') throw new Error(`COPY is refused with ${code}`);
        return 0;
      },
    );
  return {
    name: 'COPY statements that gateway_backend may run',
    value: copied,
    unit: 'statements',
    target: 'at most 0 statements',
  };
}

function requestsOf({ serverIds, userId }: Gateway): readonly LoggedRequest[] {
  return Array.from({ length: REQUESTS }, (_, at): LoggedRequest => {
    return {
      id: newId(),
      serverId: serverIds[(at * 7919) % serverIds.length]!,
      userId: at % 3 === 0 ? null : userId,
      method: 'tools/call',
      toolName: at % 5 === 0 ? null : `tool-${at % 40}`,
      statusCode: at % 50 === 0 ? 503 : 200,
      responseTime: (at * 31) % 2000,
      createdAt: new Date(SINCE.getTime() + at * 20),
    };
  });
}

/** In COPY's text format, in parts that fit into the socket's buffer. */
function copyText(rows: readonly LoggedRequest[], tenantId: string): readonly Buffer[] {
  const lines = rows.map((row) =>
    [
      row.id,
      row.serverId,
      tenantId,
      row.userId ?? '\\N',
      row.method,
      row.toolName ?? '\\N',
      row.statusCode,
      row.responseTime,
      row.createdAt.toISOString(),
    ].join('\t'),
  );
  return Array.from({ length: Math.ceil(lines.length / 500) }, (_, at) =>
    Buffer.from(`${lines.slice(at * 500, (at + 1) * 500).join('\n')}\n`),
  );
}

async function rateOf({ owner }: Gateway, run: () => Promise<unknown>): Promise<number> {
  await owner`truncate server_requests, rollups.server_request_hours`;
  await owner`checkpoint`;
  const start = performance.now();
  await run();
  const rate = (REQUESTS / (performance.now() - start)) * 1000;
  const [row] = await owner<{ count: number }[]>`select count(*)::int from server_requests`;
  if (row?.count !== REQUESTS) throw new Error(`${row?.count} rows were written`);
  return rate;
}

/** The next batch is written as text while Postgres inserts the one before, on one connection. */
async function logAll({ backend }: Gateway, rows: readonly LoggedRequest[]): Promise<void> {
  const db = databaseOf(backend);
  let before: Promise<unknown> = Promise.resolve();
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = logRequests(db, rows.slice(at, at + BATCH));
    await before;
    before = batch;
  }
  await before;
}

async function copy({ owner }: Gateway, text: readonly Buffer[]): Promise<void> {
  const stream = await owner`copy server_requests (${owner.unsafe(COLUMNS)}) from stdin`.writable();
  await new Promise<void>((resolve, reject) => {
    stream.once('error', reject).once('finish', resolve);
    let at = 0;
    const write = (): void => {
      while (at < text.length)
        if (!stream.write(text[at++])) return void stream.once('drain', write);
      stream.end();
    };
    write();
  });
}

async function copyWithoutRollups(gateway: Gateway, text: readonly Buffer[]): Promise<void> {
  const { owner } = gateway;
  await owner`alter table server_requests disable trigger user`;
  await copy(gateway, text);
  await owner`alter table server_requests enable trigger user`;
}

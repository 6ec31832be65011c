import type { Listener, NotifiedConnection } from '../../postgres/listen/notified-connection.ts';

/** A connection that is opened again whenever it is lost. */
export interface KeptConnection {
  /** Gives up a connection that does not answer, and opens another one. */
  replace(connection: NotifiedConnection): void;
  close(): Promise<void>;
}

export interface KeptEvents {
  notified(payload: string): void;
  /** Called with each new connection. If it rejects, another one is opened. */
  opened(connection: NotifiedConnection): Promise<void>;
  /** Called once per outage. */
  lost(): void;
}

const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

/** Opens the connection. The first attempt rejects if it fails; later ones are repeated. */
export async function keepConnected(
  listener: Listener,
  channel: string,
  events: KeptEvents,
): Promise<KeptConnection> {
  let present: NotifiedConnection | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const open = async (): Promise<void> => {
    let isLost = false;
    let opened: NotifiedConnection | undefined;
    const connection = await listener.open(channel, {
      notified: events.notified,
      lost() {
        isLost = true;
        if (opened) replace(opened);
      },
    });
    opened = connection;
    try {
      await events.opened(connection);
      if (isLost || closed) throw new Error('the connection was lost while it was opened');
      present = connection;
    } catch (error) {
      await connection.close().catch(() => {});
      throw error;
    }
  };
  const replace = (connection: NotifiedConnection): void => {
    if (connection !== present) return;
    present = undefined;
    void connection.close().catch(() => {});
    events.lost();
    retry(FIRST_PAUSE);
  };
  const retry = (pause: number): void => {
    if (closed) return;
    const again = (): void => {
      open().catch(() => retry(Math.min(pause * 2, LONGEST_PAUSE)));
    };
    // Many processes lose their connections at the same time.
    timer = setTimeout(again, pause * (0.5 + Math.random()));
  };
  await open();
  return {
    replace,
    async close() {
      closed = true;
      clearTimeout(timer);
      const connection = present;
      present = undefined;
      await connection?.close();
    },
  };
}

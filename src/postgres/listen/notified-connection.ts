/** One connection that receives notifications. It is never silently replaced by a new one. */
export interface NotifiedConnection {
  /** Parameters are sent as text. */
  query<Row>(text: string, parameters?: readonly string[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** What a connection tells its owner. */
interface ConnectionEvents {
  notified(payload: string): void;
  /** The connection is gone. Notifications since then are lost. */
  lost(): void;
}

/** Opens a connection that listens to a channel. */
export interface Listener {
  /** The database as messages show it, without a password. */
  readonly place: string;
  open(channel: string, events: ConnectionEvents): Promise<NotifiedConnection>;
}

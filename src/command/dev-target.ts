import type { OnStage } from '../processes/stage.ts';
import type { OnSupervisorEvent } from '../processes/supervise.ts';

/** What `garden dev` runs: an app of this package, or the project in the current folder. */
export interface DevTarget {
  /** The name in the output: `The garden`. */
  readonly title: string;
  /** The folder of its data in `.garden`: `dev`. */
  readonly folderName: string;
  /** Claims by name, which the sign-in page offers; absent if its page has a sign-in. */
  readonly principals?: () => Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Reads the definitions. Called first, and throws if they are invalid. */
  read(tools: DevTools): Promise<DevRequirements>;
  /** Brings the database to the definitions. */
  migrate(databaseUrl: string, tools: DevTools): Promise<StageResult>;
  /** Fills an empty database. */
  seed(databaseUrl: string, tools: DevTools): Promise<StageResult>;
  /** Prepares the module that answers the page and zero-cache. */
  server(tools: DevTools): Promise<DevServer>;
  /** The processes that depend on all others: the page, a worker. */
  processes(addresses: DevAddresses): Promise<readonly DevProcess[]>;
  /** Proves that sync works, for `--once`. Returns the result as a sentence. */
  prove(stack: RunningStack, tools: DevTools): Promise<string>;
  /** Applies changes of the sources until the signal aborts. */
  watch?(stack: LiveStack, tools: DevTools): Promise<void>;
}

/** Services that the stack provides to its target. */
export interface DevTools {
  /** The folder of data that persists between runs. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Runs a stage and reports its progress. */
  readonly stage: <Result>(
    name: string,
    work: () => Promise<{ readonly result: Result; readonly detail: string }>,
  ) => Promise<Result>;
  /** Prints a line. */
  readonly tell: (text: string) => void;
}

/** The outcome of a stage, as a sentence: `3 migrations applied`. */
interface StageResult {
  readonly detail: string;
}

export interface DevRequirements {
  /** The role that user requests run as; absent if no table has access rules. */
  readonly role: string | undefined;
  /** The publications that zero-cache replicates. By default, every table in the schema public. */
  readonly publications: readonly string[] | undefined;
}

export interface DevServer {
  /** A module for Node, whose default export has `fetch`. */
  readonly file: string;
  /** Its source, for messages. */
  readonly source: string;
  /** Additional environment variables. */
  readonly env?: (addresses: DevAddresses) => Readonly<Record<string, string>>;
}

export interface DevProcess {
  /** The displayed name: `worker`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Runs the command in a shell. */
  readonly shell?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Its purpose or its address. */
  readonly detail: string;
  /** The address of a page, which must answer before the stack is ready. */
  readonly url?: string;
  /** Whether its output is printed. */
  readonly prints: boolean;
}

/** The addresses of a running stack. */
export interface DevAddresses {
  /** The server: the endpoints, and what else its module answers. */
  readonly url: string;
  /** zero-cache, for clients; several with more than one view-syncer. */
  readonly cacheUrls: readonly string[];
  /** Includes the password. */
  readonly databaseUrl: string;
  readonly signInUrl: string;
}

/** A running stack with sync. */
export interface RunningStack extends DevAddresses {
  /** Address of the page for users: its own, or the server's. */
  readonly pageUrl: string | undefined;
  /** The URL for queries of the proof, if the stack was started for one. */
  readonly proof: Proof;
  /** Rejects if a part exits unexpectedly and is not started again. */
  readonly crashed: Promise<never>;
  stop(): Promise<void>;
}

/** An endpoint for queries that exists only while `--once` runs. */
export interface Proof {
  readonly url: string;
  /** Sets what answers there. */
  answer(handler: (request: Request) => Promise<Response>): void;
}

/** Operations for a target that watches its sources. */
export interface LiveStack extends RunningStack {
  /** Lets requests wait until the returned function is called. */
  holdRequests(): () => void;
  /** Starts a server, and lets it take over once it listens. */
  replaceServer(server: DevServer): Promise<void>;
  /** Copies the tables again, from other publications. */
  restartZero(publications: readonly string[] | undefined): Promise<void>;
}

export interface DevOptions {
  /** Folder of data that persists between runs. */
  readonly folder: string;
  /** The folder in which the command runs. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's Postgres. Default: an embedded Postgres. */
  readonly databaseUrl?: string;
  /** Source of the URL, for messages. */
  readonly databaseSource?: string;
  /** Port of the server. Default: a free port. */
  readonly port?: number | undefined;
  /** First of the consecutive ports of zero-cache, three per process. Default: free ports. */
  readonly zeroPort?: number | undefined;
  readonly viewSyncers: number;
  /** Deletes the stack's own data before the start. Never deletes the user's database. */
  readonly reset: boolean;
  /** Whether this start is only for a proof. */
  readonly once: boolean;
  readonly onStage: OnStage;
  readonly onEvent: OnSupervisorEvent;
  /** Called with the output of a part, line by line. */
  readonly onLine: (name: string, line: string) => void;
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
}

import type { Digest } from "../images/digest";

/** The agent's view of whatever runs containers. */
export interface ContainerRuntime {
  /** Finds an image without fetching it. @throws Error that says why it cannot be found. */
  resolve(reference: string): Promise<RuntimeImage>;
  /** Ends every container at once and removes what is left of them. */
  close(): Promise<void>;
  /** Ends every container without waiting: for the moment in which this process itself ends. */
  killAll(): void;
}

export interface RuntimeImage {
  /**
   * Of what the reference names: for a multi-architecture image the digest of its index. Undefined for an image that
   * an engine has without ever having pulled it.
   */
  readonly digest: Digest | undefined;
  /** Makes the image ready to be run. */
  pull(): Promise<void>;
  create(spec: ContainerSpec): Promise<RuntimeContainer>;
}

/** A container as its task wants it; what is absent is taken from the image. */
export interface ContainerSpec {
  readonly entryPoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string | undefined;
  readonly user: string | undefined;
  /** The hard limit, in MiB. */
  readonly memoryMib: number | undefined;
  readonly mounts: readonly Mount[];
  /** Without any network; otherwise the container uses this machine's. */
  readonly isOffline: boolean;
}

/** A folder or file of this machine that the container sees. */
export interface Mount {
  readonly source: string;
  /** Absolute, in the container. */
  readonly target: string;
  readonly isReadOnly: boolean;
}

export interface ContainerExit {
  /** 128 + n after signal n. */
  readonly exitCode: number;
  /** It was killed for using more memory than it may. */
  readonly isOutOfMemory?: boolean;
}

export interface RuntimeContainer {
  /** 64 hexadecimal digits. */
  readonly runtimeId: string;
  /** @throws Error that says why the container cannot be started. */
  start(onLine: (line: string) => void): Promise<void>;
  /** How the container has ended, once it has and all its output was passed on. */
  readonly exited: Promise<ContainerExit>;
  /** Runs a command in the running container until it exits or `signal` aborts. @returns its exit code; -1 when there is none. */
  exec(command: readonly string[], signal: AbortSignal): Promise<number>;
  /** Sends the image's stop signal, SIGTERM unless it names another one. */
  stop(): void;
  kill(): void;
  remove(): Promise<void>;
}

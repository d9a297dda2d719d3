/** The agent's view of whatever runs containers. */
export interface ContainerRuntime {
  /** Finds an image without fetching it. @throws Error that says why it cannot be found. */
  resolve(reference: string): Promise<RuntimeImage>;
  /** Ends every container at once and removes what is left of them. */
  close(): Promise<void>;
}

export interface RuntimeImage {
  /** Of what the reference names: for a multi-architecture image the digest of its index. */
  readonly digest: string;
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
}

export interface RuntimeContainer {
  /** 64 hexadecimal digits. */
  readonly runtimeId: string;
  /** @throws Error that says why the container cannot be started. */
  start(onLine: (line: string) => void): Promise<void>;
  /** The exit code, once the container has ended and all its output was passed on; 128 + n after signal n. */
  readonly exited: Promise<number>;
  /** Sends the image's stop signal, SIGTERM unless it names another one. */
  stop(): void;
  kill(): void;
  remove(): Promise<void>;
}

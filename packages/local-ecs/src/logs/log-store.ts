import { AwsError } from "../server/aws-error";

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  readonly events: readonly LogEvent[];
}

interface LogGroup {
  readonly createdAt: number;
  readonly streams: Map<string, LogStream & { readonly events: LogEvent[] }>;
}

/** What happens: a group or a stream is created, or a stream gets a line. */
export interface LogChange {
  readonly group: string;
  /** Absent where the group is created. */
  readonly stream?: string;
  readonly createdAt?: number;
  readonly event?: LogEvent;
}

/** Where containers' lines go: the little of CloudWatch Logs that a task needs. Groups make themselves. */
export class LogStore {
  readonly #groups = new Map<string, LogGroup>();

  #save: (change: LogChange) => void = () => undefined;

  /** @param saved - what happened before, and where to put what happens now. */
  constructor(saved?: { readonly before: readonly LogChange[]; add(change: LogChange): void }) {
    for (const { group, stream, createdAt, event } of saved?.before ?? []) {
      if (stream === undefined) this.createGroup(group, createdAt ?? 0);
      else if (createdAt !== undefined) this.createStream(group, stream, createdAt);
      if (stream !== undefined && event !== undefined) this.append(group, stream, event);
    }
    if (saved !== undefined)
      this.#save = (change) => {
        saved.add(change);
      };
  }

  /** A group that is there stays as it is. */
  createGroup(name: string, now: number): void {
    if (this.#groups.has(name)) return;
    this.#groups.set(name, { createdAt: now, streams: new Map() });
    this.#save({ group: name, createdAt: now });
  }

  groups(): readonly { readonly name: string; readonly createdAt: number }[] {
    return [...this.#groups].map(([name, { createdAt }]) => ({ name, createdAt }));
  }

  createStream(group: string, stream: string, now: number): void {
    this.createGroup(group, now);
    const { streams } = this.#groups.get(group) ?? {};
    if (streams === undefined || streams.has(stream)) return;
    streams.set(stream, { name: stream, createdAt: now, events: [] });
    this.#save({ group, stream, createdAt: now });
  }

  append(group: string, stream: string, event: LogEvent): void {
    this.createStream(group, stream, event.timestamp);
    this.#groups.get(group)?.streams.get(stream)?.events.push(event);
    this.#save({ group, stream, event });
  }

  /** @throws ResourceNotFoundException, with the texts of CloudWatch Logs. */
  streams(group: string): readonly LogStream[] {
    const streams = this.#groups.get(group)?.streams;
    if (streams === undefined)
      throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
    return [...streams.values()];
  }

  stream(group: string, name: string): LogStream {
    const stream = this.streams(group).find((candidate) => candidate.name === name);
    if (stream === undefined)
      throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
    return stream;
  }
}

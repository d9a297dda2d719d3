import { AwsError } from "../http/aws-error";

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

/** Where containers' lines go: the little of CloudWatch Logs that a task needs. Groups make themselves. */
export class LogStore {
  private readonly groups = new Map<string, Map<string, LogStream & { readonly events: LogEvent[] }>>();

  createStream(group: string, name: string, now: number): void {
    const streams = this.groups.get(group) ?? new Map<string, never>();
    this.groups.set(group, streams);
    if (!streams.has(name)) streams.set(name, { name, createdAt: now, events: [] });
  }

  append(group: string, stream: string, event: LogEvent): void {
    this.createStream(group, stream, event.timestamp);
    this.groups.get(group)?.get(stream)?.events.push(event);
  }

  /** @throws ResourceNotFoundException, with the texts of CloudWatch Logs. */
  streams(group: string): readonly LogStream[] {
    const streams = this.groups.get(group);
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

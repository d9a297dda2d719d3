import { fitBeginning, fitText, MESSAGE_BYTES, utf8Bytes } from "../text/fit-text";
import { fieldBytes, structBytes } from "../text/struct-bytes";
import type { ContainerRecord, TaskRecord } from "../outcome/task-record";
import type { TaskOutputs } from "../outcome/outputs";
import type { TaskState } from "../run/task-state";

/** What an error carries that keeps a failed run in state. */
export interface Trailer {
  readonly id: string;
  /** Nobody sees it: the engine shows the reasons. */
  readonly message: string;
  readonly reason: string;
  readonly properties: TaskState & { readonly __provider?: unknown };
}

/**
 * How large a failed run may be in the answer's trailer, in bytes.
 *
 * The host puts message, reasons and properties into one gRPC status, and that, in base64, into one header,
 * `grpc-status-details-bin`. A header that the receiver refuses ends the whole connection: nothing of this run is
 * recorded, nor of any other that was to answer on it, and all of them run again. What receivers take:
 *
 * - Pulumi's engine: 16 MiB of headers, which is 12.5 MB of status. Measured with engine 3.258: 12.3 MB arrive, of
 *   12.7 MB comes `COMPRESSION_ERROR`. It is grpc-go's default, `defaultClientMaxHeaderListSize`, and grpc-go 1.83 says
 *   that this default "is moving from 16MB to 8KB" (`internal/transport/http2_client.go`).
 * - nghttp2, and so Node.js: 65,536 bytes a header as it is encoded, `NGHTTP2_HD_MAX_NV`. Measured with Node.js 20 and
 *   `@grpc/grpc-js` 1.14: 58,165 bytes of "a" as a property arrive, and one more does not.
 *
 * Base64 of 48 KiB is 64 KiB at most, so that it arrives at each of them. A record is larger only by what has to be
 * kept, and then the engine takes it: check refuses inputs of more than
 * `INPUT_BYTES`.
 */
export const TRAILER_BYTES = 48 * 1024;

/**
 * Makes a failed run small enough to arrive. What is left out, and in this order, until it is:
 *
 * 1. of the message all but its first line: the reason holds it too;
 * 2. outputs that `readState` makes again from the tasks: `containers`, `images`;
 * 3. of what ECS gave as reasons all but the first 256 characters;
 * 4. what is known of a task and its containers besides, and decides nothing: image, health, zone, platform;
 * 5. outputs again: `imageDigests`, `exitCodes`;
 * 6. of the reason that is shown all but 4 KiB, of ECS's reasons all but 64 characters;
 * 7. where the logs are.
 *
 * Never anything else: not an input, not what tells whose run it is and how it stands, and of a task and its
 * containers nothing by which they are found, judged or told apart. A reason is never left out as a whole: that there
 * is one can decide.
 */
export function fitTrailer(trailer: Trailer): Trailer {
  let fitting = { ...trailer, message: fitText(trailer.message), reason: fitText(trailer.reason) };
  for (const reduce of REDUCTIONS) {
    if (statusBytes(fitting) <= TRAILER_BYTES) return fitting;
    fitting = reduce(fitting);
  }
  return fitting;
}

/**
 * What a failed run takes as a `google.rpc.Status`, in bytes.
 *
 * Source: `grpcResponseFromError` in `sdk/nodejs/cmd/dynamic-provider/index.ts` of pulumi/pulumi.
 */
export function statusBytes({ id, message, reason, properties }: Trailer): number {
  const initFailed = textField(id) + fieldBytes(structBytes(properties)) + textField(reason);
  const any = textField("type.googleapis.com/pulumirpc.ErrorResourceInitFailed") + fieldBytes(initFailed);
  const code = 2;
  return code + textField(message) + fieldBytes(any);
}

const REDUCTIONS: readonly ((trailer: Trailer) => Trailer)[] = [
  (trailer) => ({ ...trailer, message: firstLine(trailer.message) }),
  (trailer) => withoutOutputs(trailer, "containers", "images"),
  (trailer) => withReasonsUpTo(trailer, 256),
  (trailer) => withTasks(trailer, decisiveTask),
  (trailer) => withoutOutputs(trailer, "imageDigests", "exitCodes"),
  (trailer) => withReasonsUpTo({ ...trailer, reason: fitText(trailer.reason, MESSAGE_BYTES / 4) }, 64),
  (trailer) => withoutOutputs(trailer, "logs"),
];

function withoutOutputs(trailer: Trailer, ...names: (keyof TaskOutputs)[]): Trailer {
  return { ...trailer, properties: omit(trailer.properties, ...names) };
}

function withTasks(trailer: Trailer, change: (task: TaskRecord) => TaskRecord): Trailer {
  return { ...trailer, properties: { ...trailer.properties, tasks: trailer.properties.tasks.map(change) } };
}

function withReasonsUpTo(trailer: Trailer, max: number): Trailer {
  const fitting = withTasks(trailer, (task) => ({
    ...cut(task, "stoppedReason", max),
    containers: task.containers.map((container) => cut(container, "reason", max)),
  }));
  // `failure` is one line about all tasks, for the next preview.
  const properties = cut(cut(fitting.properties, "stoppedReason", max), "failure", max);
  return { ...fitting, properties };
}

function decisiveTask(task: TaskRecord): TaskRecord {
  return {
    ...omit(task, "availabilityZone", "platformVersion", "capacityProviderName", "group", "healthStatus"),
    containers: task.containers.map(decisiveContainer),
  };
}

/** That a container ran is told by its exit code; without one, by the runtime's id and the status. */
function decisiveContainer(container: ContainerRecord): ContainerRecord {
  const decisive = omit(container, "image", "healthStatus");
  return container.exitCode === undefined ? decisive : omit(decisive, "runtimeId", "lastStatus");
}

/** Of what is left out of the outputs, `readState` makes up for what its reader needs. */
function omit<T extends object>(value: T, ...names: (keyof T)[]): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name as keyof T))) as T;
}

function cut<K extends string, T extends Readonly<Partial<Record<K, string>>>>(
  value: T,
  name: K,
  max: number,
): T {
  const text = value[name];
  return text === undefined ? value : { ...value, [name]: fitBeginning(text, max) };
}

function firstLine(text: string): string {
  return text.split("\n", 1).join();
}

function textField(text: string): number {
  return fieldBytes(utf8Bytes(text));
}

import type { ApiErrorKind } from "../../../src/aws/ecs-gateway";

/** The calls that can go wrong; a launch is RunTask or StartTask. */
export type Call =
  "launch" | "listTasks" | "describeTasks" | "stopTask" | "describeTaskDefinition" | "accountId";

/** How a call goes wrong. */
export type FaultKind =
  | "throttled"
  | "unreachable"
  | "denied"
  | "rejected"
  | "lost before it arrives"
  | "answer lost"
  /** It never arrives, and its promise is never settled. */
  | "lost and never answered"
  /** It arrives, and its promise is never settled. */
  | "never answered"
  | "answered 5 s late"
  | "answered 70 s late"
  | "answered 20 min late"
  /** A proxy gave up waiting, before or after the call arrived. */
  | "HTTP 408, not done"
  | "HTTP 408, done"
  /** Of a launch: 200 with neither tasks nor failures. */
  | "empty answer, not done"
  | "empty answer, done"
  | "no room"
  | "room for one"
  /** Of a launch: whatever the token, the answer is a task of the last run, which failed. */
  | "a failed task again"
  /** Of StopTask: the task runs on. */
  | "task not found";

/** How some calls go wrong. */
export interface Fault {
  readonly call: Call;
  readonly kind: FaultKind;
  /** How many calls go well before. */
  readonly after: number;
  readonly times: number;
}

/** Where a process is killed: at a call of any kind, or at a launch. */
export type Crash =
  | { readonly when: "before" | "after"; readonly call: number }
  | { readonly when: "before" | "after"; readonly launch: number }
  | "before its result is recorded";

/** What can happen to a command. */
export interface Weather {
  readonly faults: readonly Fault[];
  readonly crash: Crash | undefined;
  /** When the user cancels, in milliseconds after the start. @defaultValue never */
  readonly cancelMs?: number | undefined;
}

export const CALM: Weather = { faults: [], crash: undefined };

const CALLS: readonly Call[] = [
  "launch",
  "listTasks",
  "describeTasks",
  "stopTask",
  "describeTaskDefinition",
  "accountId",
];

/** Whether nothing goes wrong in the command itself. */
export function isCalm({ faults, crash, cancelMs }: Weather): boolean {
  return faults.length === 0 && crash === undefined && cancelMs === undefined;
}

/** ECS answers nothing at all. */
export const SILENCE: Weather = {
  faults: CALLS.map((call) => ({ call, kind: "lost and never answered", after: 0, times: Infinity })),
  crash: undefined,
};

export function isSilence({ faults }: Weather): boolean {
  return CALLS.every((call) =>
    faults.some(
      (fault) =>
        fault.call === call &&
        fault.kind === "lost and never answered" &&
        fault.after === 0 &&
        fault.times === Infinity,
    ),
  );
}

/** The faults of calls that do not arrive and are answered with an error. */
export const NOT_ARRIVED: Partial<Record<FaultKind, ApiErrorKind>> = {
  throttled: "throttled",
  unreachable: "unreachable",
  denied: "denied",
  rejected: "rejected",
  "lost before it arrives": "broken",
  "HTTP 408, not done": "broken",
};

/** The faults of calls that arrive and are answered with an error. */
export const ARRIVED: Partial<Record<FaultKind, ApiErrorKind>> = {
  "answer lost": "broken",
  "HTTP 408, done": "broken",
};

export const LATE_MS: Partial<Record<FaultKind, number>> = {
  "answered 5 s late": 5000,
  "answered 70 s late": 70_000,
  "answered 20 min late": 20 * 60_000,
};

export const ROOM: Partial<Record<FaultKind, number>> = { "no room": 0, "room for one": 1 };

export function weatherText(weather: Weather): string {
  if (isSilence(weather)) return "; ECS answers nothing";
  const { faults, crash } = weather;
  const faultText = ({ call, kind, after, times }: Fault) =>
    `${call} ${kind} ${times} times${after > 0 ? ` after ${after} calls` : ""}`;
  const cancelText =
    weather.cancelMs === undefined ? undefined : `cancelled after ${weather.cancelMs / 1000} s`;
  return [...faults.map(faultText), crashText(crash), cancelText]
    .flatMap((text) => (text ? [`; ${text}`] : []))
    .join("");
}

function crashText(crash: Crash | undefined): string | undefined {
  if (typeof crash !== "object") return crash && `crash ${crash}`;
  return `crash ${crash.when} ${"call" in crash ? `call ${crash.call}` : `launch ${crash.launch}`}`;
}

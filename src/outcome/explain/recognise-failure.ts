import { exitBits } from "../../inputs/exit-code";
import {
  DEFAULT_KIND,
  FAILURE_KINDS,
  SIDECAR_FAILED,
  WORD_WITH_BLANKS,
  WORK_UNKNOWN,
  WRONG_IMAGE,
  type FailureKind,
} from "./error-code-patterns";
import type { FailedReason } from "../judge-outcome";
import type { TaskRecord } from "../task-record";

/** The kind of a failure of a task or of one of its containers. */
export function failureKind(reason: FailedReason, task: TaskRecord | undefined): FailureKind {
  if (reason.code === "WRONG_IMAGE") return WRONG_IMAGE;
  const { stopCode, stoppedReason } = task ?? {};
  const stopped = stopCode === undefined ? undefined : byStopCode(stopCode, stoppedReason);
  if (stopped) return stopped;
  if (reason.code === "WORK_UNKNOWN") return WORK_UNKNOWN;
  if (reason.code === "SIDECAR_FAILED") return SIDECAR_FAILED;
  // What is said of the container explains more than what is said of the task.
  return (
    byWords(reason.container?.reason) ??
    byWords(stoppedReason) ??
    byExitCode(reason.container?.exitCode) ??
    byWords(stopCode) ??
    DEFAULT_KIND
  );
}

/** Who stopped the task tells more than what they wrote about it. A service only carries out what ECS found, and says what. */
function byStopCode(stopCode: string, stoppedReason: string | undefined): FailureKind | undefined {
  const kind = FAILURE_KINDS.find(({ stopCodes }) => stopCodes?.includes(stopCode));
  return stopCode === "ServiceSchedulerInitiated" ? (byWords(stoppedReason) ?? kind) : kind;
}

function byWords(text: string | undefined): FailureKind | undefined {
  if (text === undefined) return undefined;
  const kind = FAILURE_KINDS.find(({ said }) => said?.test(text));
  return kind?.code === "COMMAND_NOT_FOUND" && /exec: \\*"[^"\\]*\s/.test(text) ? WORD_WITH_BLANKS : kind;
}

function byExitCode(exitCode: number | undefined): FailureKind | undefined {
  if (exitCode === undefined) return undefined;
  return FAILURE_KINDS.find(({ exitCodes }) => exitCodes?.includes(exitBits(exitCode)));
}

import { EcsApiError, type EcsGateway, type TasksAndFailures } from "../../aws/ecs-gateway";
import type { LogGateway } from "../../outcome/logs/log-gateway";
import { redactedTask } from "../../aws/seen-task";
import type { EcsFailure } from "../../aws/ecs-failure";
import type { Redact } from "../../inputs/redact-secrets";
import type { Watcher } from "../follow/describe-watched-tasks";
import type { RunPorts } from "./run-ports";

/**
 * Ports through which no text arrives that holds a value of the inputs: reasons, details, messages of errors and log
 * lines come redacted. Every run talks to AWS through them, so that whatever becomes of a text (a message, a line, a
 * record), nobody has to think of it again.
 *
 * What a task was started with stays as it is: it is compared with what would be sent.
 */
export function redactingPorts(ports: RunPorts, redact: Redact): RunPorts {
  return {
    ...ports,
    in: async (region) => redactingPorts(await ports.in(region), redact),
    ecs: redactingEcs(ports.ecs, redact),
    logs: redactingLogs(ports.logs, redact),
    watcher: (cluster) => redactingWatcher(ports.watcher(cluster), redact),
  };
}

/** Waits for an answer, whose error is redacted. */
type Within = <T>(answer: Promise<T>) => Promise<T>;

function inErrors(redact: Redact): Within {
  return (answer) =>
    answer.catch((error: unknown) => {
      throw error instanceof EcsApiError ? redactedError(error, redact) : error;
    });
}

function redactingEcs(ecs: EcsGateway, redact: Redact): EcsGateway {
  const within = inErrors(redact);
  async function answered(answer: Promise<TasksAndFailures>): Promise<TasksAndFailures> {
    const { tasks, failures } = await within(answer);
    return {
      tasks: tasks.map((task) => redactedTask(task, redact)),
      failures: failures.map((failure) => redactedFailure(failure, redact)),
    };
  }
  return {
    runTask: (...order) => answered(ecs.runTask(...order)),
    startTask: (...order) => answered(ecs.startTask(...order)),
    describeTasks: (...question) => answered(ecs.describeTasks(...question)),
    listClusters: () => within(ecs.listClusters()),
    listTasks: (...question) => within(ecs.listTasks(...question)),
    stopTask: (...order) => within(ecs.stopTask(...order)),
    describeTaskDefinition: (name) => within(ecs.describeTaskDefinition(name)),
    accountId: (cluster) => within(ecs.accountId(cluster)),
  };
}

/** The lines of containers, and errors, redacted. */
export function redactingLogs(logs: LogGateway, redact: Redact): LogGateway {
  const within = inErrors(redact);
  return {
    lastLines: async (...question) => (await within(logs.lastLines(...question))).map(redact),
    linesFrom: async (...question) => {
      const { lines, next } = await within(logs.linesFrom(...question));
      return { lines: lines.map(redact), next };
    },
  };
}

function redactingWatcher(watcher: Watcher, redact: Redact): Watcher {
  const within = inErrors(redact);
  return {
    observe: async (...question) => {
      const observation = await within(watcher.observe(...question));
      switch (observation.kind) {
        case "task":
          return { kind: "task", task: redactedTask(observation.task, redact) };
        case "unanswered":
          return { kind: "unanswered", error: redactedError(observation.error, redact) };
        case "missing":
          return observation;
      }
    },
  };
}

function redactedFailure(failure: EcsFailure, redact: Redact): EcsFailure {
  const { reason, detail } = failure;
  return {
    ...failure,
    ...(reason ? { reason: redact(reason) } : {}),
    ...(detail ? { detail: redact(detail) } : {}),
  };
}

/** Without its cause, which holds the same words. */
function redactedError(error: EcsApiError, redact: Redact): EcsApiError {
  const message = redact(error.message);
  if (message === error.message) return error;
  const { operation, kind, code, resourceIds } = error;
  return new EcsApiError({ operation, kind, code, message, resourceIds });
}

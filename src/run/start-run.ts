import type { RunIdentity } from "../task/marker";
import { startedByMarker } from "../task/marker";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import type { TaskInputs } from "../task/task-inputs";
import { followRun } from "./follow-run";
import { launch } from "./launch";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";

/**
 * Runs the tasks of a generation: launches them, waits for them and judges them.
 *
 * @returns a report for whatever happened once ECS may have started a task.
 * @throws EcsTaskError when nothing was started: there is nothing to record.
 */
export async function startRun(ports: RunPorts, inputs: TaskInputs, run: RunIdentity): Promise<RunReport> {
  const normal = normaliseInputs(inputs);
  const facts: RunFacts = { inputs, run, startedBy: startedByMarker(run, normal), tasks: [] };
  ports.status("starting");
  const launched = await launch(ports, normal, run, redactor(inputs));
  if (launched.kind === "launched") return followRun(ports, { ...facts, ...launched });
  const { error } = launched;
  return {
    state: runState(facts, "UNKNOWN", "UNKNOWN", "ECS did not answer, so a task may have been started"),
    problem: `ECS did not answer whether it started the task: RunTask failed with ${error.code}: ${error.message}. A task may be running. Run \`pulumi up\` again: it asks for the same task, and ECS starts it only if it has not.`,
  };
}

import type { Failure, TaskDefinition } from "@aws-sdk/client-ecs";
import { list, required, structure, text } from "../../server/shape";
import { invalidParameter } from "../../server/aws-error";
import { parseReference } from "../../state/task-definitions/task-definitions";
import { operation } from "../operation";

const STILL_ACTIVE =
  "The specified task definition is still in ACTIVE status. Please deregister the target task definition and try again.";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteTaskDefinitions.html */
export const deleteTaskDefinitions = operation({
  name: "DeleteTaskDefinitions",
  request: structure({ taskDefinitions: required(list(text(), { max: 10 })) }),
  handle(request, { taskDefinitions, clock }) {
    const deleted: TaskDefinition[] = [];
    const failures: Failure[] = [];
    for (const reference of request.taskDefinitions) {
      if (parseReference(reference).revision === undefined)
        throw invalidParameter(
          "A task definition must be given with its revision, as family:revision or ARN.",
        );
      const found = taskDefinitions.find(reference);
      if (found === undefined)
        failures.push({ arn: reference, reason: "The specified task definition does not exist." });
      else if (found.definition.status === "ACTIVE")
        failures.push({ arn: found.definition.taskDefinitionArn, reason: STILL_ACTIVE });
      else {
        const definition = {
          ...found.definition,
          status: "DELETE_IN_PROGRESS" as const,
          deleteRequestedAt: new Date(clock.now()),
        };
        deleted.push(taskDefinitions.replace({ ...found, definition }).definition);
      }
    }
    return { taskDefinitions: deleted, failures };
  },
});

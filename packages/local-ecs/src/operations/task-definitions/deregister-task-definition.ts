import { clientException, invalidParameter } from "../../server/aws-error";
import { required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { parseReference } from "../../state/task-definitions/task-definitions";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html */
export const deregisterTaskDefinition = operation({
  name: "DeregisterTaskDefinition",
  request: structure({ taskDefinition: required(text()) }),
  handle({ taskDefinition }, { taskDefinitions, clock }) {
    if (parseReference(taskDefinition).revision === undefined)
      throw invalidParameter(
        "The task definition must be given with its revision, as family:revision or ARN.",
      );
    const record = taskDefinitions.find(taskDefinition);
    if (record === undefined) throw clientException("The specified task definition does not exist.");
    const inactive =
      record.definition.status === "ACTIVE" ? taskDefinitions.deregister(record, clock.now()) : record;
    return { taskDefinition: inactive.definition };
  },
});

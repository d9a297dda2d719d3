import type { SubmitTaskStateChangeRequest } from "@aws-sdk/client-ecs";
import { clientException, invalidParameter } from "../../server/aws-error";
import { integer, list, required, structure, text, timestamp } from "../../server/shape";
import { operation } from "../operation";
import { attachmentStateChange, networkBindings } from "../common-shapes";

/** For the agent. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitTaskStateChange.html */
export const submitTaskStateChange = operation({
  name: "SubmitTaskStateChange",
  request: structure({
    cluster: text(),
    task: text(),
    status: text(),
    reason: text({ max: 1024 }),
    containers: list(
      structure({
        containerName: text(),
        imageDigest: text(),
        runtimeId: text({ max: 255 }),
        exitCode: integer(),
        networkBindings,
        reason: text({ max: 1024 }),
        status: text(),
      }),
    ),
    attachments: list(attachmentStateChange),
    managedAgents: list(
      structure({
        containerName: required(text()),
        managedAgentName: required(text({ oneOf: ["ExecuteCommandAgent"] })),
        status: required(text()),
        reason: text({ max: 1024 }),
      }),
    ),
    pullStartedAt: timestamp,
    pullStoppedAt: timestamp,
    executionStoppedAt: timestamp,
  }),
  handle(request, { clusters, tasks, lifecycle }) {
    if (request.task === undefined) throw clientException("Task cannot be empty.");
    const record = tasks.find(clusters.getActive(request.cluster), request.task);
    if (record === undefined) throw invalidParameter("The referenced task was not found.");
    lifecycle.report(record, request as SubmitTaskStateChangeRequest);
    return { acknowledgment: "ACK" };
  },
});

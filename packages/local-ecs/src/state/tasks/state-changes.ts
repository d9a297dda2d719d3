import type {
  Attachment,
  AttachmentStateChange,
  Container,
  ContainerStateChange,
  ManagedAgentStateChange,
  SubmitTaskStateChangeRequest,
} from "@aws-sdk/client-ecs";
import { lastPart } from "../arn";
import { defined } from "../../values/defined";

/** The parts of a task that reports are about. */
interface Reported {
  readonly containers: readonly Container[];
  readonly attachments: Attachment[];
}

/** The task after a report's news of its containers, of their managed agents and of its attachments. */
export function applyDetails<T extends Reported>(task: T, report: SubmitTaskStateChangeRequest): T {
  const told = (report.containers ?? []).reduce(applyContainerChange, task);
  const agents = (report.managedAgents ?? []).reduce(applyAgentChange, told);
  return applyAttachmentChanges(agents, report.attachments ?? []);
}

/** What was said once of a container is kept until it is said anew. */
export function applyContainerChange<T extends Reported>(task: T, change: ContainerStateChange): T {
  const { imageDigest, runtimeId, exitCode, reason, networkBindings, status: lastStatus } = change;
  const news = defined({ imageDigest, runtimeId, exitCode, reason, networkBindings, lastStatus });
  // A container that runs shows its bindings, also where it has none (observed: public AWS CLI output).
  return withContainer(task, change.containerName, (container) =>
    lastStatus === "RUNNING" ? { networkBindings: container.networkBindings ?? [], ...news } : news,
  );
}

function applyAgentChange<T extends Reported>(task: T, change: ManagedAgentStateChange): T {
  const { managedAgentName: name, status: lastStatus, reason } = change;
  return withContainer(task, change.containerName, ({ managedAgents = [] }) => ({
    managedAgents: [
      ...managedAgents.filter((agent) => agent.name !== name),
      defined({ name, lastStatus, reason }),
    ],
  }));
}

/** Whether the changes are about an attachment of the task. */
export function isAnyAttached(
  { attachments }: Pick<Reported, "attachments">,
  changes: readonly AttachmentStateChange[],
): boolean {
  return attachments.some(({ id = "" }) => statusIn(changes, id) !== undefined);
}

export function applyAttachmentChanges<T extends Reported>(
  task: T,
  changes: readonly AttachmentStateChange[],
): T {
  const attachments = task.attachments.map((attachment) => ({
    ...attachment,
    ...defined({ status: statusIn(changes, attachment.id) }),
  }));
  return { ...task, attachments };
}

/** An attachment is named by an ARN that ends in its id. */
function statusIn(changes: readonly AttachmentStateChange[], id = ""): string | undefined {
  return changes.findLast(({ attachmentArn = "" }) => lastPart(attachmentArn) === id)?.status;
}

function withContainer<T extends Reported>(
  task: T,
  name: string | undefined,
  news: (container: Container) => Partial<Container>,
): T {
  const containers = task.containers.map((each) => (each.name === name ? { ...each, ...news(each) } : each));
  return { ...task, containers };
}

import type { Attachment, RunTaskRequest } from "@aws-sdk/client-ecs";

const ATTACHMENT_TYPE = "AmazonElasticBlockStorage";

/**
 * The volumes that are made for a task, as DescribeTasks shows them. There is no disk behind them.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Attachment.html (read 2026-11)
 */
export function volumeAttachments(
  { volumeConfigurations = [] }: RunTaskRequest,
  newId: () => string,
): Attachment[] {
  return volumeConfigurations.map(({ name = "", managedEBSVolume: volume }) => {
    const details = {
      roleArn: volume?.roleArn ?? "",
      volumeName: name,
      // "If a termination policy isn't specified, the volume is deleted": API_TaskManagedEBSVolumeTerminationPolicy.
      deleteOnTermination: String(volume?.terminationPolicy?.deleteOnTermination ?? true),
      volumeId: `vol-${newId().slice(0, 17)}`,
    };
    return {
      id: newId(),
      type: ATTACHMENT_TYPE,
      status: "PRECREATED",
      details: Object.entries(details).map(([name, value]) => ({ name, value })),
    };
  });
}

/** A container starts when its volume is there. */
export function withVolumesAttached(attachments: readonly Attachment[]): Attachment[] {
  return attachments.map((each) => (each.type === ATTACHMENT_TYPE ? { ...each, status: "ATTACHED" } : each));
}

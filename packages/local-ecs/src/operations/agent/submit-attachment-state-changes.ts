import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { attachmentStateChange } from "../common-shapes";

/** For agents. What no task has attached is ignored. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitAttachmentStateChanges.html */
export const submitAttachmentStateChanges = operation({
  name: "SubmitAttachmentStateChanges",
  request: structure({
    cluster: text(),
    attachments: required(list(attachmentStateChange), "Attachments cannot be empty."),
  }),
  handle({ cluster, attachments }, { clusters, tasks, lifecycle }) {
    for (const record of tasks.in(clusters.getActive(cluster)))
      lifecycle.reportAttachments(record, attachments);
    return { acknowledgment: "ACK" };
  },
});

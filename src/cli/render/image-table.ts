import { clusterName, taskId } from "../../aws/arn";
import type { ContainerImage } from "../../lookup/container-image";
import { columnLines } from "./column-lines";
import { oneLine } from "./one-line";

const titles = ["CLUSTER", "GROUP", "TASK", "CONTAINER", "STATUS", "IMAGE", "DIGEST"];

/** Containers and their images as lines: nothing is cut off, so that ids and digests can be copied. */
export function imageTable(containers: readonly ContainerImage[]): string[] {
  const rows = containers.map((each) => [
    clusterName(each.clusterArn),
    each.group ?? "-",
    taskId(each.taskArn),
    each.containerName,
    each.lastStatus,
    each.image ?? "-",
    each.imageDigest ?? "unknown",
  ]);
  return columnLines([titles, ...rows]).map((line) => oneLine(line, Infinity));
}

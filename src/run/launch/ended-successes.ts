import { expectationOf } from "../../outcome/expectation";
import { judgeOutcome } from "../../outcome/judge-outcome";
import type { Order } from "../order/order";
import type { TaskRecord } from "../../outcome/task-record";
import { essentialContainers } from "../read-definition";
import type { RunPorts } from "../ports/run-ports";

/** Of tasks that have ended, those that did what they were for, by the present inputs. */
export async function endedSuccesses(
  ports: RunPorts,
  { normal }: Order,
  ended: readonly TaskRecord[],
): Promise<readonly TaskRecord[]> {
  if (ended.length === 0) return [];
  const expectation = expectationOf(normal, await essentialContainers(ports, ended[0]?.taskDefinitionArn));
  return ended.filter((task) => judgeOutcome([task], expectation).kind === "SUCCEEDED");
}

import type { EcsGateway, TasksAndFailures } from "../../src/aws/ecs-gateway";
import type { RunPorts } from "../../src/run/ports/run-ports";
import type { TaskInputs } from "../../src/inputs/task-inputs";
import { OPERATIONS, type Operations } from "./engine/virtual-engine";
import type { TaskRecord } from "../../src/outcome/task-record";

/*
 * How things are broken for a mutation.
 */

/** A gateway of which some calls are others. */
export function change(ecs: EcsGateway, changed: Partial<EcsGateway>): EcsGateway {
  const methods: EcsGateway = {
    runTask: (...all) => ecs.runTask(...all),
    startTask: (...all) => ecs.startTask(...all),
    listClusters: (...all) => ecs.listClusters(...all),
    listTasks: (...all) => ecs.listTasks(...all),
    describeTasks: (...all) => ecs.describeTasks(...all),
    stopTask: (...all) => ecs.stopTask(...all),
    describeTaskDefinition: (...all) => ecs.describeTaskDefinition(...all),
    accountId: (...all) => ecs.accountId(...all),
  };
  return { ...methods, ...changed };
}

/** Changes what runs talk to, before anything else happens. */
export function withPorts(changed: (ports: RunPorts, inputs: TaskInputs) => RunPorts): Partial<Operations> {
  return {
    startRun: (ports, order) => OPERATIONS.startRun(changed(ports, order.inputs), order),
    updateRun: (ports, recorded, inputs) => OPERATIONS.updateRun(changed(ports, inputs), recorded, inputs),
    deleteRun: (ports, recorded) => OPERATIONS.deleteRun(changed(ports, recorded), recorded),
  };
}

/** Changes the ECS that runs talk to, in every region. */
export function withEcs(
  changed: (ecs: EcsGateway, inputs: TaskInputs) => Partial<EcsGateway>,
): Partial<Operations> {
  const inRegion = (ports: RunPorts, inputs: TaskInputs): RunPorts => ({
    ...ports,
    ecs: change(ports.ecs, changed(ports.ecs, inputs)),
    in: async (region) => inRegion(await ports.in(region), inputs),
  });
  return withPorts(inRegion);
}

type Describe = (answer: TasksAndFailures["tasks"][number]) => TasksAndFailures["tasks"][number];

export function described(ecs: EcsGateway, as: Describe): EcsGateway {
  return change(ecs, {
    describeTasks: async (...query) => {
      const answer = await ecs.describeTasks(...query);
      return { ...answer, tasks: answer.tasks.map(as) };
    },
  });
}

export function recorded(ecs: EcsGateway, as: (record: TaskRecord) => TaskRecord): EcsGateway {
  return described(ecs, (task) => ({ ...task, record: as(task.record) }));
}

export function withWallClock(ports: RunPorts, wallMs: number): RunPorts {
  const { clock } = ports;
  return {
    ...ports,
    clock: {
      nowMs: () => clock.nowMs(),
      wallMs: () => wallMs,
      sleep: (...all) => clock.sleep(...all),
    },
    in: async (region) => withWallClock(await ports.in(region), wallMs),
  };
}

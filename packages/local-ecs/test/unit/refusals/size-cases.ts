import type { Definition } from "../../../src/refusals/task-definitions/task-definition";
import type { Cases } from "./assert-table";
import { app, withContainers, withContainer, side } from "./definitions";

export const sizeCases: Cases<Definition> = {
  "a cpu of the task that cannot be read": {
    refused: withContainer({}, { cpu: "a lot" }),
    accepted: withContainer({}, { cpu: ".5 vCPU" }),
    message: "Invalid 'cpu' setting for task.",
  },
  "a memory of the task that cannot be read": {
    refused: withContainer({}, { memory: "1.2.3 GB" }),
    accepted: withContainer({}, { memory: "1 GB" }),
    message: "Invalid 'memory' setting for task.",
  },
  "a cpu of the task below 128 or above 196608 units": {
    refused: withContainer({}, { cpu: "127" }),
    accepted: withContainer(
      {},
      { cpu: "127", runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } },
    ),
    message: "Invalid 'cpu' setting for task.",
  },
  "no memory of the task, and none of a container": {
    refused: withContainer({ memory: undefined }),
    accepted: withContainer({ memory: undefined, memoryReservation: 64 }),
    message:
      "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
  },
  "a memoryReservation above the container's memory": {
    refused: withContainer({ memory: 64, memoryReservation: 65 }),
    accepted: withContainer({ memory: 64, memoryReservation: 64 }),
    message:
      "Invalid setting for container 'app'. 'memory' must be greater than or equal to 'memoryReservation'.",
  },
  "memory of a container above the task's": {
    refused: withContainer({ memory: 1025 }, { memory: "1 GB" }),
    accepted: withContainer({ memory: 1024 }, { memory: "1 GB" }),
    message: "The 'memory' setting for container 'app' is greater than for the task.",
  },
  "memory reservations above the task's memory": {
    refused: {
      ...withContainers({ ...app, memoryReservation: 100 }, { ...side, memoryReservation: 100 }),
      memory: "199",
    },
    accepted: { ...withContainers({ ...app, memoryReservation: 100 }, side), memory: "128" },
    message:
      "The sum of all container 'memoryReservation' values cannot be greater than the task-level 'memory' value.",
  },
  "cpu of the containers above the task's": {
    refused: { ...withContainers({ ...app, cpu: 100 }, { ...side, cpu: 100 }), cpu: "199" },
    accepted: { ...withContainers({ ...app, cpu: 100 }, { ...side, cpu: 100 }), cpu: "200" },
    message: "The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value.",
  },
};

import { taskUnits } from "../../state/task-definitions/task-size";
import { only } from "../rule";
import { api, deployed, guide, issue } from "../sources";
import {
  isForWindows,
  ofEachContainer,
  requiresFargate,
  type Definition,
  type DefinitionRule,
} from "./task-definition";

const ERROR = "ClientException";

/** Units of CPU, for tasks that are not on Fargate. */
const LEAST_CPU = 128;
const MOST_CPU = 196_608;

/** The task's own sizes mean nothing to Windows containers. */
function countsTaskSize(definition: Definition): boolean {
  return !isForWindows(definition);
}

export const sizeRules: readonly DefinitionRule[] = [
  {
    refused: "a cpu of the task that cannot be read",
    error: ERROR,
    message: ({ cpu }) => (isReadableCpu(cpu) ? undefined : "Invalid 'cpu' setting for task."),
    source: guide("task-cpu-memory-error.html"),
  },
  {
    refused: "a memory of the task that cannot be read",
    error: ERROR,
    message: ({ memory }) => (isReadableMemory(memory) ? undefined : "Invalid 'memory' setting for task."),
    source: `${guide("task-cpu-memory-error.html")}; the text is that for cpu`,
  },
  ...only<Definition>(
    (definition) => !requiresFargate(definition) && !isForWindows(definition),
    [
      {
        refused: "a cpu of the task below 128 or above 196608 units",
        error: ERROR,
        message({ cpu }) {
          const units = taskUnits(cpu, "vcpu") ?? LEAST_CPU;
          return units < LEAST_CPU || units > MOST_CPU ? "Invalid 'cpu' setting for task." : undefined;
        },
        source: api("RegisterTaskDefinition"),
      },
    ],
  ),
  ...only<Definition>(
    ({ memory }) => memory === undefined,
    [
      {
        refused: "no memory of the task, and none of a container",
        error: ERROR,
        message: ofEachContainer(({ name, memory, memoryReservation }) =>
          memory === undefined && memoryReservation === undefined
            ? `Invalid setting for container '${name ?? ""}'. At least one of 'memory' or 'memoryReservation' must be specified.`
            : undefined,
        ),
        source: issue("sil-org/ecs-deploy#59"),
      },
    ],
  ),
  {
    refused: "a memoryReservation above the container's memory",
    error: ERROR,
    message: ofEachContainer(({ name, memory = Infinity, memoryReservation = 0 }) =>
      memoryReservation > memory
        ? `Invalid setting for container '${name ?? ""}'. 'memory' must be greater than or equal to 'memoryReservation'.`
        : undefined,
    ),
    source: deployed("container-memory-reservation"),
  },
  ...only<Definition>(countsTaskSize, [
    {
      refused: "memory of a container above the task's",
      error: ERROR,
      message: ofEachContainer(({ name, memory = 0 }, { memory: ofTask }) =>
        memory > (taskUnits(ofTask, "gb") ?? Infinity)
          ? `The 'memory' setting for container '${name ?? ""}' is greater than for the task.`
          : undefined,
      ),
      source: issue("pulumi/pulumi-awsx#188"),
    },
    {
      refused: "memory reservations above the task's memory",
      error: ERROR,
      message: ({ memory, containerDefinitions = [] }) =>
        sum(containerDefinitions.map((container) => container.memoryReservation)) >
        (taskUnits(memory, "gb") ?? Infinity)
          ? "The sum of all container 'memoryReservation' values cannot be greater than the task-level 'memory' value."
          : undefined,
      source: `${api("ContainerDefinition")}: "the total amount of memory reserved for all containers within a task"; the text is that for cpu`,
    },
    {
      refused: "cpu of the containers above the task's",
      error: ERROR,
      message: ({ cpu, containerDefinitions = [] }) =>
        sum(containerDefinitions.map((container) => container.cpu)) > (taskUnits(cpu, "vcpu") ?? Infinity)
          ? "The sum of all container 'cpu' values cannot be greater than the task-level 'cpu' value."
          : undefined,
      source: deployed("fargate-container-cpu-over-task"),
    },
  ]),
];

export function isReadableCpu(cpu: string | undefined): boolean {
  return cpu === undefined || /^(\d+|\d*\.?\d+ *vcpu)$/i.test(cpu);
}

export function isReadableMemory(memory: string | undefined): boolean {
  return memory === undefined || /^(\d+|\d*\.?\d+ *gb)$/i.test(memory);
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((all, value) => all + (value ?? 0), 0);
}

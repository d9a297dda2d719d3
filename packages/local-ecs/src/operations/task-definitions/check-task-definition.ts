import type { ContainerDefinition, RegisterTaskDefinitionRequest } from "@aws-sdk/client-ecs";
import { clientException } from "../../server/aws-error";
import { quoted } from "../../values/quoted";
import { taskUnits } from "../../state/task-definitions/task-size";
import { isVolumeName } from "../../values/volume-name";
import { checkDependencies } from "./check-dependencies";

/**
 * The rules between the members of a task definition; each alone is checked by the request's shape.
 * @throws ClientException. AWS documents no texts. Those about memory, and about network mode, cpu and size on Fargate, are
 * what users report; those about logs are second-hand (other emulators have them, in differing order); the others are ours.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html (read 2026-11)
 */
export function checkTaskDefinition(request: RegisterTaskDefinitionRequest): void {
  const { containerDefinitions: containers = [], requiresCompatibilities = [] } = request;
  if (containers.length === 0) throw clientException("Container list cannot be empty.");
  checkNames(containers);
  checkDependencies(containers);
  checkVolumes(request);
  if (containers.every(({ essential }) => essential === false))
    throw clientException("Invalid setting for container. At least one container must be essential.");
  if (request.memory === undefined) containers.forEach(checkMemory);
  containers.forEach(checkLogs);
  if (requiresCompatibilities.includes("FARGATE")) checkFargate(request);
}

/** For which launch types the task definition could be run. */
export function compatibilitiesOf(request: RegisterTaskDefinitionRequest): ("EC2" | "FARGATE")[] {
  return request.networkMode === "awsvpc" && isFargateSize(request.cpu, request.memory)
    ? ["EC2", "FARGATE"]
    : ["EC2"];
}

function checkNames(containers: readonly ContainerDefinition[]): void {
  const names = containers.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw clientException(`Container name ${twice} is used more than once.`);
}

/**
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html (read 2026-11) for the names; the text about
 * an unknown one is what users report (ansible/ansible#35751).
 */
function checkVolumes({ volumes = [], containerDefinitions = [] }: RegisterTaskDefinitionRequest): void {
  for (const [index, { name }] of volumes.entries())
    if (name !== undefined && !isVolumeName(name))
      throw clientException(
        `volumes[${index}].name must be 1 to 255 letters, numbers, underscores and hyphens: ${quoted(name)} is not.`,
      );
  const sources = containerDefinitions
    .flatMap(({ mountPoints = [] }) => mountPoints)
    .map(({ sourceVolume }) => sourceVolume);
  const unknown = sources.find((source) => !volumes.some(({ name }) => name === source));
  if (unknown !== undefined) throw clientException(`Unknown volume '${unknown}'.`);
}

function checkMemory({ name, memory, memoryReservation }: ContainerDefinition): void {
  if (memory === undefined && memoryReservation === undefined)
    throw clientException(
      `Invalid setting for container '${name ?? ""}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    );
}

function checkLogs({ logConfiguration }: ContainerDefinition): void {
  if (logConfiguration?.logDriver !== "awslogs") return;
  const missing = ["awslogs-group", "awslogs-region"].filter(
    (option) => logConfiguration.options?.[option] === undefined,
  );
  if (missing.length > 0) throw clientException(`Log driver awslogs requires options: ${missing.join(", ")}`);
}

function checkFargate(request: RegisterTaskDefinitionRequest): void {
  if (request.networkMode !== "awsvpc") throw clientException("Fargate only supports network mode 'awsvpc'.");
  for (const member of ["cpu", "memory"] as const)
    if (request[member] === undefined)
      throw clientException(`Fargate requires that '${member}' be defined at the task level.`);
  if (!isFargateSize(request.cpu, request.memory))
    throw clientException("No Fargate configuration exists for given values.");
  for (const { logConfiguration } of request.containerDefinitions ?? []) {
    if (logConfiguration?.logDriver !== "awslogs") continue;
    if (request.executionRoleArn === undefined)
      throw clientException(
        "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
      );
    if (logConfiguration.options?.["awslogs-stream-prefix"] === undefined)
      throw clientException("Log driver awslogs requires option awslogs-stream-prefix on Fargate.");
  }
}

/** CPU units → [least, most, step] in MiB. @see developerguide/task_definition_parameters.html#task_size (read 2026-11) */
const fargateSizes: Readonly<Record<number, readonly [number, number, number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

function isFargateSize(cpu: string | undefined, memory: string | undefined): boolean {
  const units = taskUnits(cpu, "vcpu") ?? 0;
  const mib = taskUnits(memory, "gb") ?? 0;
  if (units === 256) return [512, 1024, 2048].includes(mib);
  const [least, most, step] = fargateSizes[units] ?? [1, 0, 1];
  return mib >= least && mib <= most && mib % step === 0;
}

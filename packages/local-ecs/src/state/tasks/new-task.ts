import type {
  Attachment,
  NetworkConfiguration,
  RunTaskRequest,
  Tag,
  TaskOverride,
} from "@aws-sdk/client-ecs";
import { ecsArn, lastPart, type Account } from "../arn";
import { capacityProviderOf } from "../clusters/capacity-provider";
import type { ClusterRecord } from "../clusters/clusters";
import { demandOf } from "../placement/task-demand";
import type { StoredTaskDefinition } from "../task-definitions/task-definitions";
import type { StoredContainer, TaskRecord } from "./task-record";
import { volumeAttachments } from "./volume-attachments";

/** The platform version that LATEST stands for on Linux. @see developerguide/platform-fargate.html (read 2026-11) */
const LATEST_PLATFORM_VERSION = "1.4.0";

export interface NewTask {
  readonly account: Account;
  readonly cluster: ClusterRecord;
  readonly definition: StoredTaskDefinition;
  readonly request: RunTaskRequest;
  readonly launchType: "EC2" | "FARGATE" | "EXTERNAL" | "MANAGED_INSTANCES";
  /** Absent on Fargate. */
  readonly containerInstanceArn: string | undefined;
  readonly tags: readonly Tag[];
  readonly now: number;
  /** Gives 32 new hexadecimal digits at each call. */
  readonly newId: () => string;
}

/** A task as it is in the moment RunTask accepts it. */
export function newTask(options: NewTask): TaskRecord {
  const { account, cluster, definition, request, launchType, tags, now, newId } = options;
  const { clusterArn, clusterName } = cluster;
  const taskArn = ecsArn(account, `task/${clusterName}/${newId()}`);
  const attachment = networkInterface(request.networkConfiguration, newId);
  const { overrides = {} } = request;
  return {
    definition,
    tags,
    demand: demandOf(definition, overrides),
    goal: "PENDING",
    hasRun: false,
    networkInterface: attachment,
    task: {
      taskArn,
      clusterArn,
      taskDefinitionArn: definition.taskDefinitionArn,
      group: request.group ?? `family:${definition.family}`,
      ...(request.startedBy === undefined ? {} : { startedBy: request.startedBy }),
      availabilityZone: `${account.region}a`,
      attachments: [
        ...(attachment === undefined ? [] : [precreated(attachment)]),
        ...volumeAttachments(request, () => uuid(newId())),
      ],
      attributes: [{ name: "ecs.cpu-architecture", value: "x86_64" }],
      ...placement(options),
      cpu: overrides.cpu ?? definition.cpu ?? "0",
      memory: overrides.memory ?? definition.memory ?? memoryOfContainers(definition),
      ...(launchType === "FARGATE" ? fargateStorage(options) : {}),
      containers: definition.containerDefinitions.map(
        ({ name = "", image = "", cpu, memory, memoryReservation }): StoredContainer => ({
          containerArn: ecsArn(account, `container/${clusterName}/${lastPart(taskArn)}/${uuid(newId())}`),
          taskArn,
          name,
          image,
          lastStatus: "PENDING",
          healthStatus: "UNKNOWN",
          networkInterfaces: [],
          managedAgents: [],
          cpu: String(cpu ?? 0),
          ...(memory === undefined ? {} : { memory: String(memory) }),
          ...(memoryReservation === undefined ? {} : { memoryReservation: String(memoryReservation) }),
        }),
      ),
      overrides: shownOverrides(definition, overrides),
      enableExecuteCommand: request.enableExecuteCommand ?? false,
      healthStatus: "UNKNOWN",
      lastStatus: attachment !== undefined ? "PROVISIONING" : "PENDING",
      desiredStatus: "RUNNING",
      createdAt: new Date(now),
      version: 1,
    },
  };
}

/** DescribeTasks names each container, also those that nothing was said of (observed: public AWS CLI output). */
function shownOverrides({ containerDefinitions }: StoredTaskDefinition, asked: TaskOverride): TaskOverride {
  const { containerOverrides = [] } = asked;
  const others = containerDefinitions
    .filter(({ name }) => !containerOverrides.some((each) => each.name === name))
    .map(({ name = "" }) => ({ name }));
  const named = { ...asked, containerOverrides: [...containerOverrides, ...others] };
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- since 2023, and still in every answer
  return { ...named, inferenceAcceleratorOverrides: [] };
}

function placement({ request, cluster, launchType, containerInstanceArn }: NewTask): object {
  const capacityProviderName = capacityProviderOf(request, cluster);
  const provider = capacityProviderName === undefined ? {} : { capacityProviderName };
  if (launchType !== "FARGATE")
    return {
      launchType,
      ...provider,
      ...(containerInstanceArn === undefined ? {} : { containerInstanceArn }),
    };
  const { platformVersion = "LATEST" } = request;
  return {
    launchType,
    ...provider,
    platformVersion: platformVersion === "LATEST" ? LATEST_PLATFORM_VERSION : platformVersion,
    platformFamily: "Linux",
  };
}

function fargateStorage({ definition, request }: NewTask): object {
  const ephemeralStorage = request.overrides?.ephemeralStorage ??
    definition.ephemeralStorage ?? { sizeInGiB: 20 };
  return { ephemeralStorage, fargateEphemeralStorage: { ...ephemeralStorage } };
}

function networkInterface(
  configuration: NetworkConfiguration | undefined,
  newId: () => string,
): Attachment | undefined {
  const subnetId = configuration?.awsvpcConfiguration?.subnets?.[0];
  if (subnetId === undefined) return undefined;
  const id = newId();
  const [, , third = 0, fourth = 0, fifth = 0, sixth = 0] = Buffer.from(id, "hex");
  const address = `10.0.${third}.${1 + (fourth % 254)}`;
  const mac = [third, fourth, fifth, sixth].map((byte) => byte.toString(16).padStart(2, "0"));
  const details = {
    subnetId,
    networkInterfaceId: `eni-${id.slice(0, 17)}`,
    macAddress: `0a:00:${mac.join(":")}`,
    privateDnsName: `ip-${address.replaceAll(".", "-")}.ec2.internal`,
    privateIPv4Address: address,
  };
  return {
    id: uuid(newId()),
    type: "ElasticNetworkInterface",
    status: "ATTACHED",
    details: Object.entries(details).map(([name, value]) => ({ name, value })),
  };
}

/** Before it is attached, only its subnet is known. */
function precreated({ details = [], ...attachment }: Attachment): Attachment {
  return { ...attachment, status: "PRECREATED", details: details.filter(({ name }) => name === "subnetId") };
}

function memoryOfContainers({ containerDefinitions }: StoredTaskDefinition): string {
  return String(
    containerDefinitions.reduce(
      (sum, { memory, memoryReservation }) => sum + (memory ?? memoryReservation ?? 0),
      0,
    ),
  );
}

function uuid(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

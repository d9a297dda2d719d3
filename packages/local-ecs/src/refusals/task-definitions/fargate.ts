import { noFargateSize } from "../fargate-sizes";
import { firstOf } from "../rule";
import { api, deployed, issue } from "../sources";
import { ofEachContainer, type Definition, type DefinitionRule } from "./task-definition";

const ERROR = "ClientException";
const LOG_DRIVERS = ["awslogs", "splunk", "awsfirelens"];

/** What a task definition that names Fargate must not have; one that keeps them all can run there, named or not. */
export const fargateRules: readonly DefinitionRule[] = [
  {
    refused: "Fargate with another networkMode than awsvpc",
    error: ERROR,
    message: ({ networkMode }) =>
      networkMode === "awsvpc" ? undefined : "Fargate only supports network mode 'awsvpc'.",
    source: deployed("fargate-network-mode"),
  },
  {
    refused: "Fargate without cpu or memory",
    error: ERROR,
    message: (definition) =>
      firstOf(["cpu", "memory"] as const, (member) =>
        definition[member] === undefined
          ? `Fargate requires that '${member}' be defined at the task level.`
          : undefined,
      ),
    source: `${deployed("fargate-task-cpu-memory")}, ${issue("aws/amazon-ecs-cli#982")}`,
  },
  {
    refused: "a size that Fargate does not have",
    error: ERROR,
    message: noFargateSize,
    source: issue("aws-games/cloud-game-development-toolkit#737"),
  },
  {
    refused: "Fargate with privileged",
    error: ERROR,
    message: ofEachContainer(({ privileged }) =>
      privileged === true ? "Fargate requires that the 'privileged' setting be 'false'." : undefined,
    ),
    source: deployed("fargate-privileged"),
  },
  {
    refused: "Fargate with pidMode host",
    error: ERROR,
    message: ({ pidMode }) =>
      pidMode === "host" ? "Tasks using the Fargate launch type do not support pidMode 'host'." : undefined,
    source: deployed("fargate-pid-mode-host"),
  },
  {
    refused: "Fargate with ipcMode",
    error: ERROR,
    message: ({ ipcMode }) => (ipcMode === undefined ? undefined : unsupported("ipcMode")),
    source: deployed("fargate-ipc-mode"),
  },
  {
    refused: "a log driver that Fargate does not have",
    error: ERROR,
    message: ofEachContainer(({ logConfiguration: { logDriver = "awslogs" } = {} }) =>
      LOG_DRIVERS.includes(logDriver)
        ? undefined
        : `${logDriver} is not a valid log driver. Must be one of [${LOG_DRIVERS.join(", ")}]`,
    ),
    source: deployed("fargate-log-driver-unsupported"),
  },
  {
    refused: "awslogs on Fargate without an execution role",
    error: ERROR,
    message: ofEachContainer(({ logConfiguration }, { executionRoleArn }) =>
      logConfiguration?.logDriver === "awslogs" && executionRoleArn === undefined
        ? "Fargate requires task definition to have execution role ARN to support log driver awslogs."
        : undefined,
    ),
    source: issue("virtual-kubelet/virtual-kubelet#193"),
  },
  {
    refused: "awslogs on Fargate without a prefix of streams",
    error: ERROR,
    message: ofEachContainer(({ logConfiguration }) =>
      logConfiguration?.logDriver === "awslogs" &&
      logConfiguration.options?.["awslogs-stream-prefix"] === undefined
        ? "Fargate requires log configuration options to include awslogs-stream-prefix."
        : undefined,
    ),
    source: deployed("awslogs-fargate-missing-stream-prefix"),
  },
  {
    refused: "a stopTimeout above 120 on Fargate, or a startTimeout that is not 2 to 120",
    error: ERROR,
    message: ofEachContainer(({ name, startTimeout = 2, stopTimeout = 0 }) => {
      if (stopTimeout > 120) return timeoutMessage(name, "'stopTimeout' must be at most 120");
      return startTimeout < 2 || startTimeout > 120
        ? timeoutMessage(name, "'startTimeout' must be between 2 and 120")
        : undefined;
    }),
    // It also says that 2 is the least stopTimeout; whether less is refused is not known, so it is let through.
    source: `${api("ContainerDefinition")}: "the max stop timeout value is 120 seconds", "the valid values for Fargate are 2-120 seconds"; the texts are ours`,
  },
  {
    refused: "Fargate with a volume of the host",
    error: ERROR,
    message: ({ volumes }) =>
      firstOf(volumes, ({ host }) =>
        host?.sourcePath === undefined || host.sourcePath === "" ? undefined : unsupported("sourcePath"),
      ),
    source: deployed("fargate-host-source-path"),
  },
  {
    refused: "Fargate with a volume of Docker's",
    error: ERROR,
    message: ({ volumes }) =>
      firstOf(volumes, ({ dockerVolumeConfiguration }) =>
        dockerVolumeConfiguration === undefined ? undefined : unsupported("dockerVolumeConfiguration"),
      ),
    source: deployed("fargate-docker-volume"),
  },
  {
    refused: "Fargate with devices, sharedMemorySize, maxSwap or swappiness",
    error: ERROR,
    message: ofEachContainer(({ linuxParameters = {} }) =>
      firstOf(["devices", "sharedMemorySize", "maxSwap", "swappiness"] as const, (member) =>
        [linuxParameters[member] ?? []].flat().length > 0 ? unsupported(member) : undefined,
      ),
    ),
    source: `${api("LinuxParameters")}, ${deployed("fargate-devices")}, ${deployed("fargate-shared-memory-size")}, ${deployed("fargate-max-swap")}`,
  },
  {
    refused: "Fargate with another added capability than SYS_PTRACE",
    error: ERROR,
    message: ofEachContainer(({ linuxParameters }) =>
      firstOf(linuxParameters?.capabilities?.add, (capability) =>
        capability === "SYS_PTRACE" ? undefined : `${capability} is not allowed on Fargate.`,
      ),
    ),
    source: deployed("fargate-capabilities-add"),
  },
  {
    refused: "Fargate with dockerSecurityOptions",
    error: ERROR,
    message: ofEachContainer(({ dockerSecurityOptions = [] }) =>
      dockerSecurityOptions.length > 0 ? unsupported("dockerSecurityOptions") : undefined,
    ),
    source: deployed("fargate-docker-security-options"),
  },
  {
    refused: "Fargate with a GPU",
    error: ERROR,
    message: ofEachContainer(({ resourceRequirements = [] }) =>
      resourceRequirements.some(({ type }) => type === "GPU")
        ? "Tasks using the Fargate launch type do not support GPU resource requirements."
        : undefined,
    ),
    source: deployed("fargate-gpu-resource"),
  },
  {
    refused: "Fargate with placement constraints",
    error: ERROR,
    message: ({ placementConstraints = [] }) =>
      placementConstraints.length > 0 ? unsupported("constraints") : undefined,
    source: deployed("fargate-placement-constraints"),
  },
];

/** What only Fargate has. */
export const ec2Rules: readonly DefinitionRule[] = [
  {
    refused: "ephemeralStorage for EC2 alone",
    error: ERROR,
    message: ({ ephemeralStorage, requiresCompatibilities = [] }) =>
      ephemeralStorage !== undefined &&
      requiresCompatibilities.length > 0 &&
      requiresCompatibilities.every(isEc2)
        ? "Tasks using the EC2 launch type do not support EphemeralStorage."
        : undefined,
    source: deployed("fargate-ephemeral-storage-ec2"),
  },
];

function isEc2(compatibility: string): boolean {
  return compatibility === "EC2";
}

function timeoutMessage(name: string | undefined, limit: string): string {
  return `Invalid setting for container '${name ?? ""}'. ${limit} on Fargate.`;
}

function unsupported(member: string): string {
  return `Fargate compatible task definitions do not support ${member}.`;
}

/** Whether the task definition could run on Fargate, whatever it names. */
export function canRunOnFargate(definition: Definition): boolean {
  return fargateRules.every(({ message }) => message(definition) === undefined);
}

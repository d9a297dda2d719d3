import type { HealthCheck } from "@aws-sdk/client-ecs";
import { firstOf } from "../rule";
import { api, deployed, guide } from "../sources";
import { ofEachContainer, type DefinitionRule } from "./task-definition";

const MAX_CONTAINERS = 10;
const MAX_ENVIRONMENT_FILES = 10;
const MAX_IGNORED_EXIT_CODES = 50;
const MAX_BYTES = 65_536;
const ERROR = "ClientException";

const healthCheckRanges: readonly (readonly [Exclude<keyof HealthCheck, "command">, number, number])[] = [
  ["interval", 5, 300],
  ["timeout", 2, 60],
  ["retries", 1, 10],
  ["startPeriod", 0, 300],
];

export const containerRules: readonly DefinitionRule[] = [
  {
    refused: "no container",
    error: ERROR,
    message: ({ containerDefinitions = [] }) =>
      containerDefinitions.length === 0 ? "Container list cannot be empty." : undefined,
    source: deployed("container-definitions-empty"),
  },
  {
    refused: "more than 10 containers",
    error: ERROR,
    message: ({ containerDefinitions = [] }) =>
      containerDefinitions.length > MAX_CONTAINERS ? "Too many containers." : undefined,
    source: guide("service-quotas.html"),
  },
  {
    refused: "more than 64 KiB",
    error: ERROR,
    message(definition) {
      const bytes = bytesOfTexts({ ...definition, tags: [] });
      return bytes > MAX_BYTES
        ? `Actual length: '${bytes}'. Max allowed length is '${MAX_BYTES}' bytes.`
        : undefined;
    },
    source: guide("service-quotas.html"),
  },
  {
    refused: "containers of one name",
    error: ERROR,
    message: ({ containerDefinitions = [] }) =>
      new Set(containerDefinitions.map(({ name }) => name)).size < containerDefinitions.length
        ? "Container names must be unique within a task definition."
        : undefined,
    source: deployed("duplicate-container-names"),
  },
  {
    refused: "no essential container",
    error: ERROR,
    message: ({ containerDefinitions = [] }) =>
      containerDefinitions.every(({ essential }) => essential === false)
        ? "Task definition doesn't have any essential container."
        : undefined,
    source: deployed("essential-container"),
  },
  {
    refused: "a health check with values out of range",
    error: ERROR,
    message: ofEachContainer(({ name, healthCheck = { command: [] } }) =>
      firstOf(healthCheckRanges, ([setting, least, most]) => {
        const value = healthCheck[setting] ?? least;
        return value < least || value > most
          ? `Invalid setting for container '${name ?? ""}'. Health check '${setting}' must be between ${least} and ${most}.`
          : undefined;
      }),
    ),
    source: `${api("HealthCheck")}, ${deployed("healthcheck-interval-range")}; the text is ours`,
  },
  {
    refused: "a restart policy with a period out of range",
    error: ERROR,
    message: ofEachContainer(({ name, restartPolicy }) => {
      const seconds = restartPolicy?.restartAttemptPeriod ?? 60;
      return seconds < 60 || seconds > 1800
        ? `the 'restartAttemptPeriod' setting for container '${name ?? ""}' must be between 60 and 1800.`
        : undefined;
    }),
    source: deployed("restart-policy-attempt-period-range"),
  },
  {
    refused: "a restart policy with more than 50 exit codes",
    error: ERROR,
    message: ofEachContainer(({ name, restartPolicy }) =>
      (restartPolicy?.ignoredExitCodes ?? []).length > MAX_IGNORED_EXIT_CODES
        ? `the 'ignoredExitCodes' setting for container '${name ?? ""}' can have at most ${MAX_IGNORED_EXIT_CODES} exit codes.`
        : undefined,
    ),
    source: `${api("ContainerRestartPolicy")}; the text is ours`,
  },
  {
    refused: "more than 10 environment files",
    error: ERROR,
    message: ofEachContainer(({ environmentFiles = [] }) =>
      environmentFiles.length > MAX_ENVIRONMENT_FILES
        ? "The maximum number of environment files was exceeded. Specify ten or less and try again."
        : undefined,
    ),
    source: deployed("environment-files-max"),
  },
  {
    refused: "a secret that is named as an environment variable",
    error: ERROR,
    message: ofEachContainer(({ environment = [], secrets = [] }) => {
      const variables = environment.map(({ name }) => name);
      const twice = secrets.find(({ name }) => variables.includes(name));
      return twice === undefined
        ? undefined
        : `The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '${twice.name ?? ""}'.`;
    }),
    source: "ClientException in the notes and comments of many public repositories, word by word",
  },
  {
    refused: "secrets without an execution role",
    error: ERROR,
    message: ({ containerDefinitions = [], executionRoleArn }) =>
      executionRoleArn === undefined && containerDefinitions.some(({ secrets = [] }) => secrets.length > 0)
        ? "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'."
        : undefined,
    source: deployed("secrets-without-execution-role"),
  },
  {
    refused: "a ulimit whose soft limit is above its hard one",
    error: ERROR,
    message: ofEachContainer(({ ulimits }) =>
      firstOf(ulimits, ({ name, softLimit = 0, hardLimit = 0 }) =>
        // -1 is "unlimited" to a container engine.
        softLimit > hardLimit && hardLimit >= 0
          ? `Soft limit exceeds hard limit for ulimit ${name ?? ""}.`
          : undefined,
      ),
    ),
    source: deployed("ulimit-soft-over-hard"),
  },
  {
    refused: "Elastic Inference accelerators, which are no more",
    error: ERROR,
    message: (definition) =>
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- that is the rule.
      (definition.inferenceAccelerators ?? []).length > 0
        ? "Unsupported field 'inferenceAccelerators'."
        : undefined,
    source: deployed("fargate-inference-accelerator"),
  },
];

/** What AWS counts is not known. Its own length can only be greater than that of all texts and names of variables. */
function bytesOfTexts(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((all: number, each) => all + bytesOfTexts(each), 0);
}

import type { AwsSettings } from "../aws/connect/client-config";
import { EcsTaskError } from "../errors";
import { BoundedLogGateway } from "../aws/pace/bounded-log-gateway";
import type { LogGateway } from "../outcome/logs/log-gateway";
import { canonicalJson } from "../text/canonical-json";
import { Claims } from "../run/launch/claims";
import type { FindPorts } from "../lookup/find-tasks-by-image";
import type { RunPorts } from "../run/ports/run-ports";
import { BoundedEcsGateway, CALL_LIMITS, SURVEY_LIMITS } from "../aws/pace/bounded-ecs-gateway";
import { systemClock } from "../aws/pace/clock";
import { PacedEcsGateway } from "../aws/pace/paced-ecs-gateway";
import { TaskWatcher } from "../run/follow/describe-watched-tasks";

/** What is shared by all resources that reach AWS in the same way. */
export type Connection = Pick<
  RunPorts,
  "region" | "ecs" | "logs" | "clock" | "random" | "watcher" | "startedBy" | "claims"
> &
  Pick<FindPorts, "registries">;

const connections = new Map<string, Promise<Connection>>();

/** Of the whole process: a task is the same however it is reached. */
const claims = new Claims();

/**
 * The clients and watchers for these settings, made at the first need: previews that ask AWS nothing never
 * load an SDK.
 */
export function connect(settings: AwsSettings): Promise<Connection> {
  const key = canonicalJson(settings);
  const known = connections.get(key);
  if (known) return known;
  const made = makeConnection(settings);
  connections.set(key, made);
  // A failure is not kept: what was missing may be there for the next resource.
  made.catch(() => connections.delete(key));
  return made;
}

async function makeConnection(settings: AwsSettings): Promise<Connection> {
  /* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports -- loaded at the first need, and in CommonJS */
  const { SdkEcsGateway } = require("../aws/sdk-ecs-gateway") as typeof import("../aws/sdk-ecs-gateway");
  const { Registries } = require("../registry/registries") as typeof import("../registry/registries");
  /* eslint-enable */
  const sdk = new SdkEcsGateway(settings);
  const region = await sdk.region();
  if (!region) {
    throw new EcsTaskError(
      "NO_REGION",
      "No AWS region is known. Set the input region, or `pulumi config set aws:region <region>`, or AWS_REGION in the environment.",
    );
  }
  // Bounded below the pace: in a queue of thousands a call may wait for its turn as long as it takes.
  const limits = settings.maxAttempts === undefined ? CALL_LIMITS : SURVEY_LIMITS;
  const ecs = new PacedEcsGateway(new BoundedEcsGateway(sdk, systemClock, limits), systemClock);
  const watchers = new Map<string, TaskWatcher>();
  const random = () => Math.random();
  return {
    region,
    ecs,
    logs: new BoundedLogGateway(logGateway(settings), systemClock),
    registries: new Registries(settings),
    clock: systemClock,
    random,
    watcher: (cluster) => {
      const watcher = watchers.get(cluster) ?? new TaskWatcher(cluster, { ecs, clock: systemClock, random });
      watchers.set(cluster, watcher);
      return watcher;
    },
    startedBy: new Map(),
    claims,
  };
}

/** The client for logs is loaded when lines are asked for: most runs end well, and nobody asks. */
function logGateway(settings: AwsSettings): LogGateway {
  let made: LogGateway | undefined;
  function gateway(): LogGateway {
    /* eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports -- as above */
    const { SdkLogGateway } = require("../aws/sdk-log-gateway") as typeof import("../aws/sdk-log-gateway");
    return (made ??= new SdkLogGateway(settings));
  }
  return {
    lastLines: (...question) => gateway().lastLines(...question),
    linesFrom: (...question) => gateway().linesFrom(...question),
  };
}

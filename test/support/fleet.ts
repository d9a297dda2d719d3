import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  paginateListTasks,
} from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "./lab";
import { eventually } from "./eventually";

/** A service of the fleet, and the version of the image that its tasks run. */
export interface FleetService {
  readonly cluster: string;
  readonly serviceName: string;
  readonly version: Version;
  readonly desiredCount: number;
  /** Whether its tasks have a second container, which runs version 1. */
  readonly hasProxy: boolean;
}

export const VERSIONS = ["1", "2", "3"] as const;
export type Version = (typeof VERSIONS)[number];

/** A local ECS with many services, all of whose tasks run. */
export interface Fleet {
  readonly lab: Lab;
  readonly services: readonly FleetService[];
  readonly digests: Readonly<Record<Version, string>>;
  /** The ARNs of all tasks with a container that runs this version, as the seeding meant it, sorted. */
  tasksOf(version: Version): Promise<readonly string[]>;
  close(): Promise<void>;
}

const CLUSTERS = ["blue", "green", "red"];

/**
 * Forty services in three clusters, with one or two tasks each, on three versions of one image: `app` runs the
 * version, the sidecar `proxy` of every fifth service runs version 1 too.
 */
export async function startFleet(): Promise<Fleet> {
  const lab = await startLab();
  for (const clusterName of CLUSTERS) await lab.ecs.send(new CreateClusterCommand({ clusterName }));
  const digests: Record<Version, string> = { "1": "", "2": "", "3": "" };
  for (const version of VERSIONS) {
    digests[version] = (
      await lab.image(`shop/app:${version}`, { version }, { Cmd: ["sleep", "600"] })
    ).digest;
  }
  const services = Array.from({ length: 40 }, (_, number): FleetService => ({
    cluster: CLUSTERS[number % 3]!,
    // Blue and green have services of the same names.
    serviceName: `service-${Math.floor(number / 3)}`,
    version: VERSIONS[Math.min(number % 4, 2)]!,
    desiredCount: 1 + (number % 2),
    hasProxy: number % 5 === 0,
  }));
  for (const { cluster, serviceName, version, desiredCount, hasProxy } of services) {
    const container = (name: string, tag: Version) => ({ name, image: `shop/app:${tag}`, stopTimeout: 0 });
    const containers = [container("app", version), ...(hasProxy ? [container("proxy", "1")] : [])];
    const taskDefinition = await lab.define(containers, serviceName);
    lab.local.seedService({ cluster, serviceName, taskDefinition, desiredCount });
  }
  await eventually(async () => (await Promise.all(CLUSTERS.map((name) => allRun(lab, name)))).every(Boolean));
  return {
    lab,
    services,
    digests,
    async tasksOf(wanted) {
      const meant = services.filter(
        ({ version, hasProxy }) => version === wanted || (hasProxy && wanted === "1"),
      );
      const lists = await Promise.all(
        meant.map(({ cluster, serviceName }) => lab.ecs.send(new ListTasksCommand({ cluster, serviceName }))),
      );
      return lists.flatMap(({ taskArns }) => taskArns!).sort();
    },
    close: () => lab.close(),
  };
}

async function allRun({ ecs }: Lab, cluster: string): Promise<boolean> {
  for await (const { taskArns } of paginateListTasks({ client: ecs }, { cluster })) {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
    if (tasks!.some(({ lastStatus }) => lastStatus !== "RUNNING")) return false;
  }
  return true;
}

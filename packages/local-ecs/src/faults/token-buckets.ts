import type { Clock } from "../time/clock";

interface Bucket {
  readonly operations: readonly string[];
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * Per account and region. "Agent modify actions" are left out: here one agent speaks for all instances, and it could
 * not report the ends of tasks in time.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html (read 2026-11)
 */
const buckets: readonly Bucket[] = [
  {
    operations: [
      "CreateCluster",
      "DeleteCluster",
      "PutClusterCapacityProviders",
      "UpdateCluster",
      "UpdateClusterSettings",
    ],
    burst: 20,
    perSecond: 1,
  },
  { operations: ["DescribeClusters", "ListClusters"], burst: 50, perSecond: 20 },
  { operations: ["DeregisterTaskDefinition", "RegisterTaskDefinition"], burst: 20, perSecond: 1 },
  {
    operations: ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"],
    burst: 50,
    perSecond: 20,
  },
  { operations: ["DeleteTaskDefinitions"], burst: 5, perSecond: 1 },
  { operations: ["TagResource", "UntagResource"], burst: 20, perSecond: 10 },
  { operations: ["ListTagsForResource"], burst: 50, perSecond: 20 },
  {
    operations: [
      "DeleteAttributes",
      "DeregisterContainerInstance",
      "ExecuteCommand",
      "PutAttributes",
      "RunTask",
      "StartTask",
      "StopTask",
      "UpdateContainerAgent",
      "UpdateContainerInstancesState",
    ],
    burst: 100,
    perSecond: 40,
  },
  {
    operations: [
      "DescribeContainerInstances",
      "DescribeTasks",
      "ListAttributes",
      "ListContainerInstances",
      "ListTasks",
    ],
    burst: 100,
    perSecond: 20,
  },
  { operations: ["DescribeServices", "ListServices"], burst: 100, perSecond: 20 },
];

/** AWS's limits of how often an account may call. */
export class TokenBuckets {
  readonly #clock: Clock;
  readonly #levels = new Map<Bucket, { readonly tokens: number; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns whether the call may be made; then it has taken its token. */
  take(operation: string): boolean {
    const bucket = buckets.find(({ operations }) => operations.includes(operation));
    if (bucket === undefined) return true;
    const at = this.#clock.now();
    const before = this.#levels.get(bucket) ?? { tokens: bucket.burst, at };
    const refilled = ((at - before.at) / 1000) * bucket.perSecond;
    const tokens = Math.min(bucket.burst, before.tokens + refilled);
    const isAllowed = tokens >= 1;
    this.#levels.set(bucket, { tokens: isAllowed ? tokens - 1 : tokens, at });
    return isAllowed;
  }
}

/** How often an account may make the calls that are ours, as AWS documents it. */
interface Bucket {
  readonly operations: readonly string[];
  readonly burst: number;
  readonly perSecond: number;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html (read 2026-11) */
const buckets: readonly Bucket[] = [
  { operations: ["ListClusters"], burst: 50, perSecond: 20 },
  { operations: ["DescribeTaskDefinition"], burst: 50, perSecond: 20 },
  { operations: ["RunTask", "StartTask", "StopTask"], burst: 100, perSecond: 40 },
  { operations: ["DescribeTasks", "ListTasks"], burst: 100, perSecond: 20 },
];

/** The documented token buckets, written down apart from what they judge: the pace of our own calls. */
export class DocumentedBuckets {
  readonly #now: () => number;
  readonly #levels = new Map<Bucket, { readonly tokens: number; readonly at: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns whether the call may be made; then it has taken its token. Calls without a documented bucket always may. */
  take(operation: string): boolean {
    const bucket = buckets.find(({ operations }) => operations.includes(operation));
    if (bucket === undefined) return true;
    const at = this.#now();
    const before = this.#levels.get(bucket) ?? { tokens: bucket.burst, at };
    const tokens = Math.min(bucket.burst, before.tokens + ((at - before.at) / 1000) * bucket.perSecond);
    this.#levels.set(bucket, { tokens: tokens >= 1 ? tokens - 1 : tokens, at });
    return tokens >= 1;
  }
}

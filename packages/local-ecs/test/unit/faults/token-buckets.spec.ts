import assert from "node:assert/strict";
import { TokenBuckets } from "../../../src/faults/token-buckets";

describe("TokenBuckets", () => {
  let now = 0;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const allowed = (buckets: TokenBuckets, operation: string, calls: number): number =>
    Array.from({ length: calls }, () => buckets.take(operation)).filter(Boolean).length;

  it("hold AWS's burst and fill again at its rate, to the brim", () => {
    const buckets = new TokenBuckets(clock);

    assert.equal(allowed(buckets, "RunTask", 150), 100);
    now += 250;
    assert.equal(allowed(buckets, "RunTask", 150), 10);
    now += 3_600_000;
    assert.equal(allowed(buckets, "RunTask", 150), 100);
  });

  it("are shared by the operations of a group, and by no others", () => {
    const buckets = new TokenBuckets(clock);
    allowed(buckets, "DescribeTasks", 60);

    assert.equal(allowed(buckets, "ListTasks", 60), 40);
    assert.equal(allowed(buckets, "StopTask", 60), 60);
  });

  it("do not hold back the agent", () => {
    assert.equal(allowed(new TokenBuckets(clock), "SubmitTaskStateChange", 1000), 1000);
  });
});

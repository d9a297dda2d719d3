import assert from "node:assert/strict";
import { MovableClock } from "../../../src/local/clock";

const hourMs = 60 * 60 * 1000;

describe("MovableClock", () => {
  it("wakes whoever is due after it was moved, and nobody else", async () => {
    const clock = new MovableClock();
    const woken: string[] = [];
    const stop = new AbortController();
    const soon = clock.sleep(hourMs).then(() => woken.push("soon"));
    const late = clock.sleep(3 * hourMs, stop.signal).then(() => woken.push("late"));
    const before = clock.now();
    clock.advance(2 * hourMs);
    await soon;

    assert.deepEqual(woken, ["soon"]);
    assert.ok(clock.now() - before >= 2 * hourMs);
    clock.advance(hourMs);
    await late;
    assert.deepEqual(woken, ["soon", "late"]);
  });

  it("ends a sleep at once when it is aborted, before or during it", async () => {
    const clock = new MovableClock();
    const stop = new AbortController();
    const sleep = clock.sleep(hourMs, stop.signal);
    stop.abort();
    await sleep;
    await clock.sleep(hourMs, stop.signal);
    assert.equal(stop.signal.aborted, true);
  });

  it("does not go back", () => {
    assert.throws(() => {
      new MovableClock().advance(-1);
    }, RangeError);
  });
});

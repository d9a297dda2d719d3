import assert from "node:assert/strict";
import { mock } from "node:test";
import { MovableClock } from "../../../src/time/clock";

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

  it("sleeps on where the sleep is longer than a timer can be, from the beginning or after a move", async () => {
    const clock = new MovableClock();
    const stop = new AbortController();
    const woken: string[] = [];
    const sleeps = [
      clock.sleep(2 ** 31, stop.signal).then(() => woken.push("month")),
      clock.sleep(2 ** 33, stop.signal).then(() => woken.push("months")),
    ];
    clock.advance(1);
    // A timer that is too long ends after 1 ms, and so before this one.
    await clock.sleep(5);

    assert.deepEqual(woken, []);
    clock.advance(2 ** 31);
    await sleeps[0];
    assert.deepEqual(woken, ["month"]);
    stop.abort();
    await Promise.all(sleeps);
  });

  it("wakes from such a sleep without being moved", async () => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    try {
      let isAwake = false;
      const sleep = new MovableClock().sleep(2 ** 31).then(() => (isAwake = true));
      mock.timers.tick(2 ** 31 - 1);
      await Promise.resolve();

      assert.equal(isAwake, false);
      mock.timers.tick(1);
      await sleep;
    } finally {
      mock.timers.reset();
    }
  });

  for (const ms of [Infinity, NaN, 1e16])
    it(`is not broken by ${ms} ms`, () => {
      const clock = new MovableClock();
      const before = clock.now();

      assert.throws(() => {
        clock.advance(ms);
      }, RangeError);
      assert.ok(clock.now() - before < hourMs);
    });

  it("does not go back", () => {
    assert.throws(() => {
      new MovableClock().advance(-1);
    }, RangeError);
  });
});

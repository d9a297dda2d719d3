import assert from "node:assert/strict";
import { durationSeconds } from "../../../src/text/duration";

describe("a duration of customTimeouts", () => {
  for (const { text, seconds } of [
    { text: "90s", seconds: 90 },
    { text: "1h30m", seconds: 5400 },
    { text: "1.5h", seconds: 5400 },
    { text: "2m0.5s", seconds: 121 },
    { text: "1500ms", seconds: 2 },
    { text: "", seconds: undefined },
    { text: "10", seconds: undefined },
    { text: "10 s", seconds: undefined },
    { text: "1d", seconds: undefined },
    { text: "-5s", seconds: undefined },
  ])
    it(`"${text}" is ${seconds === undefined ? "none" : `${seconds} s, never rounded down`}`, () => {
      assert.equal(durationSeconds(text), seconds);
    });
});

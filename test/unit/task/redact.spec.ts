import assert from "node:assert/strict";
import { redactor } from "../../../src/task/redact";

const redact = redactor({
  overrides: {
    containerOverrides: [
      {
        name: "app",
        environment: { DATABASE_URL: "postgres://u:longsecret@db", PASSWORD: "longsecret", MODE: "fast" },
      },
      { name: "side", environment: [{ name: "TOKEN", value: "a.token.with$special" }] },
    ],
  },
});

describe("redactor", () => {
  it("replaces each occurrence of a value by the name of its variable, the longest value first", () => {
    assert.equal(
      redact("postgres://u:longsecret@db and longsecret, longsecret; a.token.with$special"),
      "[DATABASE_URL] and [PASSWORD], [PASSWORD]; [TOKEN]",
    );
  });

  it("leaves values of fewer than eight characters alone: they would tear holes into every text", () => {
    const atTheLimit = redactor({
      overrides: {
        containerOverrides: [{ name: "app", environment: { SHORT: "1234567", LONG: "abcdefgh" } }],
      },
    });

    assert.equal(atTheLimit("1234567 abcdefgh"), "1234567 [LONG]");
    assert.equal(redact("breakfast"), "breakfast");
  });

  it("has nothing to replace without overrides", () => {
    assert.equal(redactor({})("longsecret"), "longsecret");
    assert.equal(redactor({ overrides: { cpu: "512" } })("longsecret"), "longsecret");
  });
});

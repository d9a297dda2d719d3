import assert from "node:assert/strict";
import fc from "fast-check";
import { plainText } from "../../../src/text/plain-text";
import { redactor } from "../../../src/inputs/redact-secrets";

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

function environment(values: Readonly<Record<string, string>>) {
  return { overrides: { containerOverrides: [{ name: "app", environment: values }] } };
}

function redactorOf(values: Readonly<Record<string, string>>) {
  return redactor(environment(values));
}

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

  it("puts in a name as it is, whatever it is called", () => {
    assert.equal(
      redactorOf({ "$&": "longsecret", $1: "other$secret" })("longsecret other$secret"),
      "[$&] [$1]",
    );
  });

  it("looks for nothing in the names that it has put in", () => {
    assert.equal(
      redactorOf({ DATABASE_URL: "hunter22", X: "DATABASE" })("hunter22 DATABASE"),
      "[DATABASE_URL] [X]",
    );
  });

  it("changes nothing a second time", () => {
    const redactIt = redactorOf({ DATABASE_URL: "hunter22", X: "DATABASE" });

    assert.equal(redactIt(redactIt("hunter22 DATABASE")), "[DATABASE_URL] [X]");
  });

  it("recognises a value that was read from a file with its line break", () => {
    assert.equal(redactorOf({ PASSWORD: "hunter22\n" })("is hunter22!"), "is [PASSWORD]!");
    assert.equal(redactorOf({ PASSWORD: "\r\n hunter22 \r\n" })("is hunter22!"), "is [PASSWORD]!");
  });

  it("recognises each line of a value that has several, of eight characters or more", () => {
    const redactKey = redactorOf({
      KEY: "-----BEGIN KEY-----\r\nMIIEvQIBADAN\r\nqw==\r\n-----END KEY-----\r\n",
    });

    assert.equal(redactKey("-----BEGIN KEY-----"), "[KEY]");
    assert.equal(redactKey("2: MIIEvQIBADAN"), "2: [KEY]");
    assert.equal(redactKey("3: qw=="), "3: qw==");
    assert.equal(redactKey("-----BEGIN KEY-----\nMIIEvQIBADAN\nqw==\n-----END KEY-----"), "[KEY]");
    assert.equal(redactKey("-----BEGIN KEY----- MIIEvQIBADAN qw== -----END KEY-----"), "[KEY]");
    assert.equal(redactKey("-----BEGIN KEY-----\\nMIIEvQIBADAN\\nqw==\\n-----END KEY-----"), "[KEY]");
  });

  it("recognises a value in JSON and in a URL", () => {
    const redactIt = redactorOf({ PASSWORD: 'p"w\\/ @long' });

    assert.equal(redactIt(String.raw`{"password":"p\"w\\/ @long"}`), '{"password":"[PASSWORD]"}');
    assert.equal(redactIt("https://u:p%22w%5C%2F%20%40long@db"), "https://u:[PASSWORD]@db");
  });

  it("recognises a value as a plain text shows it", () => {
    const value = "a\tb\u001b[31mcdefgh<{%reset%}>";

    assert.equal(redactorOf({ PASSWORD: value })(plainText(`is ${value}!`)), "is [PASSWORD]!");
  });

  it("shows no line of a value, whatever it is", () => {
    const unit = fc.constantFrom(...Array.from("abc$^.*+?()[]{}|\\/-\"' \t\n\r"), "\ud83d");
    fc.assert(
      fc.property(fc.string({ unit, minLength: 8 }), (value) => {
        const shown = redactorOf({ X: value })(plainText(`<${value}>`));
        const lines = plainText(value)
          .split("\n")
          .map((line) => line.trim());
        for (const line of lines) if (line.length >= 8) assert.ok(!shown.includes(line), shown);
      }),
    );
  });

  it("knows the values of several inputs", () => {
    const both = redactor(environment({ OLD: "longsecret" }), {}, environment({ NEW: "newsecret" }));

    assert.equal(both("longsecret newsecret"), "[OLD] [NEW]");
  });

  it("has nothing to replace without overrides", () => {
    assert.equal(redactor({})("longsecret"), "longsecret");
    assert.equal(redactor({ overrides: { cpu: "512" } })("longsecret"), "longsecret");
  });
});

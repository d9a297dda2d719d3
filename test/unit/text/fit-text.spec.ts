import assert from "node:assert/strict";
import fc from "fast-check";
import {
  fitBeginning,
  fitLine,
  fitText,
  LINE_CHARACTERS,
  linesBytes,
  MESSAGE_BYTES,
  utf8Bytes,
} from "../../../src/text/fit-text";

const SMILE = "\ud83d\ude00";

describe("fitText", () => {
  it("leaves a text alone that is within the limits", () => {
    const text = "what failed\n  why\n  what to do";

    assert.equal(fitText(text), text);
  });

  it("keeps the first line and the last one, and says how many of the others it left out", () => {
    const between = Array.from({ length: 30 }, (_, index) => `${index} ${"x".repeat(900)}`);

    const lines = fitText(["what failed", ...between, "what to do"].join("\n")).split("\n");

    assert.deepStrictEqual(lines.slice(0, 2), ["what failed", between[0]]);
    assert.deepStrictEqual(lines.slice(-2), ["  … 12 lines left out", "what to do"]);
    assert.ok(utf8Bytes(lines.join("\n")) > MESSAGE_BYTES - 1000);
  });

  it("speaks of one line as of one", () => {
    const text = ["a", "b".repeat(900), "c".repeat(900), "d"].join("\n");

    assert.match(fitText(text, 1024), /\n {2}… 1 line left out\nd$/);
  });

  it("makes a text plain: it is the last door before Pulumi", () => {
    assert.equal(fitText("a\u001b[31mb\rc<{%red%}>\n\td"), "ab\nc<{ %red%}>\n    d");
  });

  it("makes a text well-formed, which gRPC cannot send otherwise", () => {
    assert.equal(fitText("half \ud83d"), "half \ufffd");
  });

  it("is within its limits whatever it is given, and keeps first and last line where they are short", () => {
    const unit = fc.constantFrom("a", "é", "€", SMILE, "\ud83d", "\n");
    const stretched = fc.tuple(fc.string({ unit, maxLength: 20 }), fc.constantFrom(1, 50, 3000));
    const text = fc
      .array(stretched, { maxLength: 8 })
      .map((parts) => parts.map(([part, times]) => part.repeat(times)).join(""));
    fc.assert(
      fc.property(text, fc.constantFrom(1024, 4096, MESSAGE_BYTES), (middle, maxBytes) => {
        const fitted = fitText(`first\n${middle}\nlast`, maxBytes);
        assert.ok(utf8Bytes(fitted) <= maxBytes);
        assert.ok(fitted.split("\n").every((line) => line.length <= LINE_CHARACTERS));
        assert.ok(fitted.isWellFormed());
        assert.match(fitted, /^first\n/);
        assert.match(fitted, /\nlast$/);
        assert.ok(utf8Bytes(fitText(middle, maxBytes)) <= maxBytes);
      }),
    );
  });
});

describe("fitLine", () => {
  it("keeps the beginning and the end of a long line, and says what is missing", () => {
    const fitted = fitLine(`begin${"x".repeat(5000)}end`);

    assert.match(fitted, /^beginx+ … \(\d+ characters left out\) … x+end$/);
    assert.ok(fitted.length <= LINE_CHARACTERS);
    const shown = fitted.replace(/ … \(\d+ characters left out\) … /, "").length;
    assert.equal(shown + Number(/\((\d+)/.exec(fitted)?.[1]), 5008);
  });

  it("never cuts a character in two", () => {
    for (const shift of ["", "a"]) {
      for (const limit of [100, 101, 102, 103]) {
        const line = `${shift}${SMILE.repeat(300)}${shift}`;
        assert.ok(fitLine(line, limit).isWellFormed(), `${shift} ${limit}`);
        assert.ok(fitBeginning(line, limit).isWellFormed(), `${shift} ${limit}`);
      }
    }
  });
});

describe("fitBeginning", () => {
  it("says that a text goes on", () => {
    assert.equal(fitBeginning("abcdef", 4), "abc…");
    assert.equal(fitBeginning("abcd", 4), "abcd");
  });
});

describe("linesBytes", () => {
  it("counts bytes and line breaks", () => {
    assert.equal(linesBytes(["a", "€"]), 6);
  });
});

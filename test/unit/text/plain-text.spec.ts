import assert from "node:assert/strict";
import fc from "fast-check";
import { markedLines, plainLine, plainText } from "../../../src/text/plain-text";

const ESC = "\u001b";

describe("plainText", () => {
  for (const { name, text, plain } of [
    { name: "colours", text: `${ESC}[1;31mred${ESC}[0m and \u009b32mgreen`, plain: "red and green" },
    { name: "moves of the cursor", text: `one${ESC}[2K${ESC}[1Atwo`, plain: "onetwo" },
    { name: "a text for the clipboard (OSC 52)", text: `a${ESC}]52;c;aGVsbG8=\u0007b`, plain: "ab" },
    { name: "a link (OSC 8)", text: `${ESC}]8;;https://x.y${ESC}\\here${ESC}]8;;${ESC}\\`, plain: "here" },
    { name: "a text for the terminal that has no end", text: `a${ESC}]0;title\nb`, plain: "a0;title\nb" },
    { name: "a reset of the terminal", text: `${ESC}c${ESC}(Bhello`, plain: "hello" },
    { name: "an escape that begins nothing", text: `a${ESC}`, plain: "a" },
    { name: "NUL, as in UTF-16", text: "h\u0000e\u0000y\u0000", plain: "hey" },
    { name: "backspace, bell and DEL", text: "a\bb\u0007c\u007f", plain: "abc" },
    { name: "C1 controls", text: "a\u0084b\u009fc", plain: "abc" },
    { name: "turned directions", text: "a\u202eb\u2066c\u2069", plain: "abc" },
    { name: "half of a character", text: "a\ud83db", plain: "a\ufffdb" },
  ]) {
    it(`leaves out ${name}`, () => {
      assert.equal(plainText(text), plain);
    });
  }

  it("writes every kind of line break as one: a carriage return hides nothing", () => {
    assert.equal(
      plainText("a\r\nb\rc\u000bd\u000ce\u0085f\u2028g\u2029h\r\r\ni"),
      "a\nb\nc\nd\ne\nf\ng\nh\ni",
    );
  });

  it("keeps the indentation of a tab", () => {
    assert.equal(plainText("\tat main"), "    at main");
  });

  it("lets no text be Pulumi's colour markup, its own pieces included", () => {
    assert.equal(plainText("<{%reset%}> <{\u0000%nonsense%}>"), "<{ %reset%}> <{ %nonsense%}>");
  });

  it("breaks commands that CI systems find anywhere in a line", () => {
    assert.equal(
      plainText("x ##[add-mask]a ##vso[task.setvariable]b ##teamcity[c ###[d #\u0000#[e"),
      "x # #[add-mask]a # #vso[task.setvariable]b # #teamcity[c ## #[d # #[e",
    );
  });

  it("leaves everything else as it is", () => {
    const text = "## heading\n[1/2] straße 🚀 50% {a: <b>} a::b \u200d";

    assert.equal(plainText(text), text);
  });

  it("leaves nothing that acts, and changes nothing a second time", () => {
    const unit = fc.constantFrom(
      ...Array.from("\u0000\t\n\r\u001b\u0007\u009b\u009d\u2028\u202e#[]v<{%}>;:m\\a"),
      "\ud83d",
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const plain = plainText(text);
        // eslint-disable-next-line no-control-regex -- none of them may be left
        assert.doesNotMatch(plain, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]|<\{%|##\w*\[/);
        assert.ok(plain.isWellFormed());
        assert.equal(plainText(plain), plain);
      }),
    );
  });

  it("needs one pass over a text that was made to need many", () => {
    const hostile = [`${ESC}]`, `${ESC}[0`, "\u009d", "##a", "<{%", "\r"].map((part) => part.repeat(100_000));
    const startMs = performance.now();

    for (const text of hostile) plainText(text);

    assert.ok(performance.now() - startMs < 5000);
  });
});

describe("plainLine", () => {
  it("joins lines", () => {
    assert.equal(plainLine("one\r\n  two \n\n::add-mask::three\n"), "one two ::add-mask::three");
  });

  it("leaves one line as it is", () => {
    assert.equal(plainLine(" one "), " one ");
  });
});

describe("markedLines", () => {
  it("lets no line begin with what a CI system takes for a command", () => {
    assert.deepStrictEqual(markedLines("one\r::add-mask::two\n\n  ::stop-commands::x"), [
      "| one",
      "| ::add-mask::two",
      "|",
      "|   ::stop-commands::x",
    ]);
  });

  it("says whose lines they are", () => {
    assert.deepStrictEqual(markedLines("one\ntwo", "app"), ["app | one", "app | two"]);
  });
});

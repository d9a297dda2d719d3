import assert from "node:assert/strict";
import { parseEnvironmentFile } from "../../../../src/agent/environment/environment-files";

describe("parseEnvironmentFile", () => {
  it("takes lines literally, and passes over comments and what is no variable", () => {
    assert.deepEqual(parseEnvironmentFile("A=1\r\n#B=2\n\nC\n=D\nE= 'x' \nF=a=b\nG="), {
      A: "1",
      E: " 'x' ",
      F: "a=b",
      G: "",
    });
  });
});

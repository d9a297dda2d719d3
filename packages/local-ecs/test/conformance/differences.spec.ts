import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { differences } from "./support/differences";

const page = readFileSync(join(__dirname, "../../docs/conformance.md"), "utf8");
const specs = readdirSync(__dirname)
  .filter((file) => file.endsWith(".spec.ts"))
  .map((file) => readFileSync(join(__dirname, file), "utf8"))
  .join("\n");

describe("the known differences of moto", () => {
  it("are those that docs/conformance.md explains", () => {
    const explained = [...page.matchAll(/^\| (.+?) +\|.*\|.*https:\/\//gm)].map(([, name]) => name!);

    assert.deepEqual(
      explained,
      differences.map(({ name }) => name),
    );
  });

  it("are cases of the suite", () => {
    const unknown = differences.filter(({ name }) => {
      const refusal = /^RunTask refuses (.*)$/.exec(name)?.[1];
      return !specs.includes(`"${name}"`) && !specs.includes(`name: "${refusal ?? name}"`);
    });

    assert.deepEqual(unknown, []);
  });
});

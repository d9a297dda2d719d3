import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const FILES: Readonly<Record<string, string>> = {
  "src/task/marker.ts": 'import type { Inputs } from "./inputs";\nexport const marker = 1;\n',
  "src/task/inputs.ts": "export type Inputs = string;\n",
  "src/run/launch.ts": 'import {\n  marker,\n} from "../task/marker";\nexport const launch = marker;\n',
  "src/run/late.ts": 'export const late = () => require("./launch");\n',
  "test/unit/task/marker.spec.ts": 'import { marker } from "../../../src/task/marker";\nmarker;\n',
  "test/unit/run/launch.spec.ts": 'import { launch } from "../../../src/run/launch";\nlaunch;\n',
  "test/unit/run/late.spec.ts": 'import { late } from "../../../src/run/late";\nlate;\n',
};

describe("npm run watch", () => {
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "watch-"));
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  });

  after(() => {
    rmSync(root, { recursive: true });
  });

  const concerned = async (...changed: string[]): Promise<string[][]> => {
    const { concernedSpecs } = await import("../../scripts/watch/concerned-specs.mts");
    return concernedSpecs(root, changed).map((specs) =>
      specs.map((spec) => spec.slice(join(root, "test/unit/").length)),
    );
  };

  it("runs the specs that load the saved file, those with the fewest imports between first", async () => {
    assert.deepStrictEqual(await concerned("src/task/marker.ts"), [
      ["task/marker.spec.ts"],
      ["run/launch.spec.ts"],
      ["run/late.spec.ts"],
    ]);
  });

  it("runs a spec that is saved, and no other", async () => {
    assert.deepStrictEqual(await concerned("test/unit/run/launch.spec.ts"), [["run/launch.spec.ts"]]);
  });

  it("runs nothing for a file of types, which is gone once transpiled", async () => {
    assert.deepStrictEqual(await concerned("src/task/inputs.ts"), []);
  });
});

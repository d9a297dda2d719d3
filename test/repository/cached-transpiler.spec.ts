import assert from "node:assert/strict";
import { join } from "node:path";
import { ModuleKind, ScriptTarget } from "typescript";

interface Transpiler {
  transpile(code: string, file: { readonly fileName: string }): { readonly outputText: string };
}

interface TranspilerModule {
  create(given: { readonly service: { readonly config: { readonly options: object } } }): Transpiler;
}

const TRANSPILER = join(__dirname, "../../scripts/cached-transpiler.cjs");
const fileName = join(__dirname, "of-this-test.ts");

describe("the cached transpiler", () => {
  const transpiled = async (code: string, target = ScriptTarget.ES2022): Promise<string> => {
    const transpiler = (await import(TRANSPILER)) as TranspilerModule;
    const options = { target, module: ModuleKind.Node16 };
    return transpiler.create({ service: { config: { options } } }).transpile(code, { fileName }).outputText;
  };

  it("transpiles a file again when its text changed, and gives the same as before when it did not", async () => {
    const first = await transpiled("export const a: number = 1;");
    const same = await transpiled("export const a: number = 1;");
    const changed = await transpiled("export const a: number = 2;");

    assert.match(first, /exports\.a = 1;/);
    assert.equal(same, first);
    assert.match(changed, /exports\.a = 2;/);
  });

  it("transpiles a file again when the compiler's options changed", async () => {
    const code = "export const a = (b?: { c: number }) => b?.c;";

    assert.match(await transpiled(code), /b\?\.c/);
    assert.doesNotMatch(await transpiled(code, ScriptTarget.ES2019), /b\?\.c/);
  });
});

import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import ts from "typescript";
import { codeBlocks, documents, type CodeBlock } from "./markdown";

const repository = resolve(__dirname, "../..");
const WORLD = join(__dirname, "program-world.d.ts");

/** As a Pulumi program of today is compiled. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: ["node", "mocha"],
};

/** The blocks of TypeScript in the documentation, by the name under which the compiler sees each. */
function programs(): Map<string, { path: string; block: CodeBlock }> {
  return new Map(
    documents().flatMap((document) =>
      codeBlocks(document)
        .filter(({ language }) => language === "ts")
        .map((block) => {
          const name = `${document.path.replaceAll("/", "-")}-line-${block.line}.mts`;
          return [join(repository, name), { path: document.path, block }] as const;
        }),
    ),
  );
}

/** What the compiler says of programs that are in no file. */
function complaints(sources: ReadonlyMap<string, string>): string[] {
  const disk = ts.createCompilerHost(OPTIONS);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => sources.has(file) || disk.fileExists(file),
    getSourceFile(file, options, ...rest) {
      const source = sources.get(file);
      if (source === undefined) return disk.getSourceFile(file, options, ...rest);
      return ts.createSourceFile(file, source, options);
    },
  };
  const program = ts.createProgram([WORLD, ...sources.keys()], OPTIONS, host);
  return [...sources.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText, start = 0 }) => {
      const line = program.getSourceFile(file)!.getLineAndCharacterOfPosition(start).line;
      return `${file}, its line ${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    }),
  );
}

describe("code in the documentation", function () {
  // The types of @pulumi/aws are large.
  this.timeout(300_000);

  it("compiles, every block of TypeScript of it", () => {
    const blocks = programs();
    const sources = [...blocks].map(([file, { block }]) => [file, `${block.code}\nexport {};\n`] as const);

    const found = complaints(new Map(sources));

    assert.ok(blocks.size > 10, `only ${blocks.size} blocks were found`);
    assert.deepStrictEqual(found, []);
  });

  it("would not, if an input were wrong", () => {
    const file = join(repository, "wrong.mts");

    const [complaint = "", ...others] = complaints(
      new Map([[file, 'new EcsTask("a", { taskDefinition: "app:1", commands: [] });\nexport {};']]),
    );

    assert.match(complaint, /wrong\.mts, its line 1: .*'commands' does not exist/s);
    assert.deepStrictEqual(others, []);
  });
});

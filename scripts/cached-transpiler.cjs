// What ts-node asks for JavaScript (tsconfig.json). It gives what TypeScript makes of a file, and keeps it until the
// file, the compiler or its options change: transpiling all that the unit tests load takes as long as the tests.
const { createHash, hash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join, relative } = require("node:path");
const ts = require("typescript");

const ROOT = join(module.path, "..");
const FOLDER = join(ROOT, "node_modules/.cache/transpiled");

exports.create = ({ service: { config } }) => {
  mkdirSync(FOLDER, { recursive: true });
  const settings = JSON.stringify([ts.version, config.options, readFileSync(module.filename, "utf8")]);

  const transpile = (code, { fileName }) => {
    const key = createHash("sha1").update(settings).update(code).digest("hex");
    // One file for each source file, so that the folder does not grow.
    const path = join(FOLDER, `${hash("sha1", relative(ROOT, fileName))}.json`);
    const known = read(path);
    if (known?.key === key) return known;
    const { outputText, sourceMapText } = ts.transpileModule(code, {
      fileName,
      compilerOptions: config.options,
    });
    const made = { key, outputText, sourceMapText };
    // Other processes read it meanwhile.
    writeFileSync(`${path}.${process.pid}`, JSON.stringify(made));
    renameSync(`${path}.${process.pid}`, path);
    return made;
  };
  return { transpile };
};

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

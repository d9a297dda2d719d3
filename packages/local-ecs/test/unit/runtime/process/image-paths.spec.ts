import assert from "node:assert/strict";
import { findProgram, mapImagePath, mapSearchPath } from "../../../../src/runtime/process/image-paths";

const files = new Set([
  "/root/app/main.js",
  "/root/app",
  "/root/usr/bin",
  "/root/usr/bin/own",
  "/host/bin/node",
  "/bin/sh",
]);
const exists = (path: string): boolean => files.has(path);

describe("paths of an unpacked image", () => {
  it("replace absolute paths that the image has, and nothing else", () => {
    const given = [
      "/app/main.js",
      "/app/../app/main.js",
      "/etc/hosts",
      "app/main.js",
      "--file=/app/main.js",
      "/",
    ];

    assert.deepEqual(
      given.map((argument) => mapImagePath("/root", argument, exists)),
      ["/root/app/main.js", "/root/app/main.js", "/etc/hosts", "app/main.js", "--file=/app/main.js", "/"],
    );
  });

  it("come before this machine's on the search path", () => {
    assert.equal(
      mapSearchPath("/root", { imagePath: "/usr/bin:/sbin", hostPath: "/host/bin:/bin" }, exists),
      "/root/usr/bin:/host/bin:/bin",
    );
  });

  it("find a program in the image, then on this machine; by absolute path in the image only", () => {
    const place = { root: "/root", workingDirectory: "/root/app", searchPath: "/root/usr/bin:/host/bin" };
    const find = (program: string) => findProgram(program, place, exists);

    assert.deepEqual(["own", "node", "./main.js", "/usr/bin/own", "/bin/sh", "nothing"].map(find), [
      "/root/usr/bin/own",
      "/host/bin/node",
      "/root/app/main.js",
      "/root/usr/bin/own",
      undefined,
      undefined,
    ]);
  });
});

import type { Entry } from "./tar-of";

/** A file with its content, a folder with a slash, a link with its arrow; sorted. */
export type Tree = readonly string[];

export interface Case {
  readonly name: string;
  /** From the lowest to the highest. */
  readonly layers: readonly (readonly Entry[])[];
  readonly becomes: Tree;
}

export const file = (path: string, content = path): Entry => ({ path, content });
const folder = (path: string): Entry => ({ path: `${path}/` });
const link = (path: string, to: string): Entry => ({ path, type: "SymbolicLink", to });
const hardLink = (path: string, to: string): Entry => ({ path, type: "Link", to });

/** What each becomes was seen with containerd's rules in mind: containerd/pkg/archive/tar.go, and umoci agrees where it is there. */
export const CASES: readonly Case[] = [
  {
    name: "a folder is replaced by a link in a higher layer",
    layers: [[folder("lib"), file("lib/a")], [folder("usr/lib"), link("lib", "usr/lib")], [file("lib/b")]],
    becomes: ["lib -> usr/lib", "usr/", "usr/lib/", "usr/lib/b: lib/b"],
  },
  {
    name: "a file below a folder that is a link of the same layer",
    layers: [[folder("usr/lib"), link("lib", "usr/lib"), file("lib/a")]],
    becomes: ["lib -> usr/lib", "usr/", "usr/lib/", "usr/lib/a: lib/a"],
  },
  {
    name: "a file below an absolute link",
    layers: [[folder("usr/lib"), link("lib", "/usr/lib")], [file("lib/a")]],
    becomes: ["lib -> usr/lib", "usr/", "usr/lib/", "usr/lib/a: lib/a"],
  },
  {
    name: "a hard link to a file below a linked folder",
    layers: [[folder("usr/lib"), link("lib", "usr/lib"), file("lib/a", "a"), hardLink("b", "lib/a")]],
    becomes: ["b: a", "lib -> usr/lib", "usr/", "usr/lib/", "usr/lib/a: a"],
  },
  {
    name: "a hard link that is below a linked folder",
    layers: [[folder("usr/lib"), link("lib", "usr/lib"), file("a", "a"), hardLink("lib/b", "/a")]],
    becomes: ["a: a", "lib -> usr/lib", "usr/", "usr/lib/", "usr/lib/b: a"],
  },
  {
    name: "a hard link to a file of a lower layer",
    layers: [[file("a", "a")], [hardLink("b", "a")]],
    becomes: ["a: a", "b: a"],
  },
  {
    name: "a file of a higher layer does not change its old hard link",
    layers: [[file("a", "old"), hardLink("b", "a")], [file("a", "new")]],
    becomes: ["a: new", "b: old"],
  },
  {
    name: "a link that leads nowhere is there, and a file below it makes its place",
    layers: [[link("tmp", "/var/tmp")], [file("tmp/a")]],
    becomes: ["tmp -> var/tmp", "var/", "var/tmp/", "var/tmp/a: tmp/a"],
  },
  {
    name: "a link is replaced by a folder",
    layers: [
      [folder("usr/lib"), file("usr/lib/a"), link("lib", "usr/lib")],
      [folder("lib"), file("lib/b")],
    ],
    becomes: ["lib/", "lib/b: lib/b", "usr/", "usr/lib/", "usr/lib/a: usr/lib/a"],
  },
  {
    name: "a link is replaced by a file, and what it led to stays",
    layers: [[file("real", "real"), link("a", "real")], [file("a", "new")]],
    becomes: ["a: new", "real: real"],
  },
  {
    name: "a folder is replaced by a file",
    layers: [[file("a/b/c")], [file("a", "new")]],
    becomes: ["a: new"],
  },
  {
    name: "a file is replaced by a folder",
    layers: [[file("a", "old")], [folder("a"), file("a/b")]],
    becomes: ["a/", "a/b: a/b"],
  },
  {
    name: "a file stands where a folder is needed",
    layers: [[file("a", "old")], [file("a/b")]],
    becomes: ["a/", "a/b: a/b"],
  },
  {
    name: "a folder that comes again keeps what it has",
    layers: [[file("a/b")], [folder("a"), file("a/c")]],
    becomes: ["a/", "a/b: a/b", "a/c: a/c"],
  },
  {
    name: "a whiteout removes a file of a lower layer",
    layers: [[file("a/b"), file("a/c")], [file("a/.wh.b", "")]],
    becomes: ["a/", "a/c: a/c"],
  },
  {
    name: "a whiteout removes a folder",
    layers: [[file("a/b/c"), file("d")], [file(".wh.a", "")]],
    becomes: ["d: d"],
  },
  {
    name: "a whiteout leaves what its own layer brings, whichever comes first",
    layers: [
      [file("a", "old"), file("b", "old")],
      [file("a", "new"), file(".wh.a", ""), file(".wh.b", ""), file("b", "new")],
    ],
    becomes: ["a: new", "b: new"],
  },
  {
    name: "an opaque whiteout removes what lower layers had, and nothing of its own, whichever comes first",
    layers: [
      [file("a/old"), file("a/deep/old")],
      [file("a/deep/new"), file("a/.wh..wh..opq", ""), file("a/new")],
    ],
    becomes: ["a/", "a/deep/", "a/deep/new: a/deep/new", "a/new: a/new"],
  },
  {
    name: "an opaque whiteout at the root",
    layers: [
      [file("a"), file("b/c")],
      [file(".wh..wh..opq", ""), file("d")],
    ],
    becomes: ["d: d"],
  },
  {
    name: "a whiteout of what is not there",
    layers: [[file("a")], [file("b/.wh.c", ""), file(".wh.d", "")]],
    becomes: ["a: a"],
  },
  {
    name: "a whiteout removes a link and not what it leads to",
    layers: [[file("real"), link("a", "real")], [file(".wh.a", "")]],
    becomes: ["real: real"],
  },
  {
    name: "a whiteout below a linked folder",
    layers: [[file("usr/lib/a"), file("usr/lib/b"), link("lib", "usr/lib")], [file("lib/.wh.a", "")]],
    becomes: ["lib -> usr/lib", "usr/", "usr/lib/", "usr/lib/b: usr/lib/b"],
  },
  {
    name: "whiteouts with names that are no names remove nothing",
    layers: [[file("a/b")], [file("a/.wh.", ""), file("a/.wh..", ""), file("a/.wh...", "")]],
    becomes: ["a/", "a/b: a/b"],
  },
  {
    name: "folders that nobody has named",
    layers: [[file("a/b/c")]],
    becomes: ["a/", "a/b/", "a/b/c: a/b/c"],
  },
  {
    name: "names that begin with ./ or with /",
    layers: [[folder("."), file("./a", "a"), file("/b", "b"), file("c//d", "d")]],
    becomes: ["a: a", "b: b", "c/", "c/d: d"],
  },
  {
    name: "names that climb out stay in the image",
    layers: [[file("../../a", "a"), file("b/../../c", "c")]],
    becomes: ["a: a", "c: c"],
  },
  {
    name: "a link that climbs out, and a file through it",
    layers: [[link("out", "../../../victim"), file("out/a", "a")]],
    becomes: ["out -> victim", "victim/", "victim/a: a"],
  },
  {
    name: "links over links that climb out in the end",
    layers: [
      [folder("a/b"), link("a/b/up", "../.."), link("out", "a/b/up/../../victim"), file("out/x", "x")],
    ],
    becomes: ["a/", "a/b/", "a/b/up -> ../..", "out -> a/b/up/../../victim", "victim/", "victim/x: x"],
  },
  {
    name: "a name longer than a header has room for",
    layers: [[file(`${"d".repeat(120)}/${"f".repeat(200)}`, "x")]],
    becomes: [`${"d".repeat(120)}/`, `${"d".repeat(120)}/${"f".repeat(200)}: x`],
  },
  {
    name: "a link to a name longer than a header has room for",
    layers: [[link("a", `/${"f".repeat(200)}`)]],
    becomes: [`a -> ${"f".repeat(200)}`],
  },
  {
    name: "names in any language, with spaces and line breaks",
    layers: [[file("größe/ 日本\n語", "x")]],
    becomes: ["größe/", "größe/ 日本\n語: x"],
  },
  {
    name: "devices and pipes are left out, and what was there before with them",
    layers: [
      [file("dev/null", "old")],
      [
        { path: "dev/null", type: "CharacterDevice" },
        { path: "pipe", type: "FIFO" },
      ],
    ],
    becomes: ["dev/"],
  },
  {
    name: "a file of the oldest kind",
    layers: [[{ path: "a", type: "OldFile", content: "a" }]],
    becomes: ["a: a"],
  },
  { name: "a layer without entries", layers: [[]], becomes: [] },
  {
    name: "a folder that its own user may not write, and a file in it",
    layers: [[{ path: "a/", mode: 0o555 }, file("a/b")], [file("a/c")]],
    becomes: ["a/", "a/b: a/b", "a/c: a/c"],
  },
];

/** Archives that must fail, in a sentence, and leave nothing outside. */
export const REFUSED: readonly {
  readonly name: string;
  readonly layers: readonly (readonly Entry[])[];
  readonly why: RegExp;
}[] = [
  {
    name: "a link that leads to itself, and a file below it",
    layers: [[link("tmp", "tmp"), file("tmp/a")]],
    why: /tmp\/a: .*too many levels of symbolic links/,
  },
  {
    name: "a link that leads below itself, and a file below it",
    layers: [[link("tmp", "tmp/x"), file("tmp/a")]],
    why: /too many levels of symbolic links/,
  },
  {
    name: "two links that lead to each other",
    layers: [[link("a", "b"), link("b", "a")], [file("a/x")]],
    why: /too many levels/,
  },
  {
    name: "a hard link to what is not there",
    layers: [[hardLink("a", "b")]],
    why: /a: it is a link to b, which is no file/,
  },
  {
    name: "a hard link to a folder",
    layers: [[folder("a"), hardLink("b", "a")]],
    why: /b: it is a link to a, which is no file/,
  },
  {
    name: "a hard link to a file outside",
    layers: [[hardLink("a", "../../victim/precious")]],
    why: /which is no file of the image/,
  },
  {
    name: "a hard link to a link that leads outside",
    layers: [[link("l", "../../victim/precious"), hardLink("a", "l")]],
    why: /which is no file of the image/,
  },
];

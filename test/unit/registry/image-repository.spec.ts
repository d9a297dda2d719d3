import assert from "node:assert/strict";
import { isNamed, repositoryName, repositoryOf } from "../../../src/registry/image-repository";

const DIGEST = `sha256:${"0".repeat(64)}`;

describe("repositoryOf", () => {
  for (const { image, name } of [
    { image: "nginx", name: "docker.io/library/nginx" },
    { image: "nginx:1.27", name: "docker.io/library/nginx" },
    { image: "team/app", name: "docker.io/team/app" },
    { image: `team/app:1@${DIGEST}`, name: "docker.io/team/app" },
    { image: "index.docker.io/team/app", name: "docker.io/team/app" },
    { image: "localhost/app", name: "localhost/app" },
    { image: "127.0.0.1:5000/app", name: "127.0.0.1:5000/app" },
    { image: "[::1]:5000/app:1", name: "[::1]:5000/app" },
    { image: "r.example.com/a/b/c:v1", name: "r.example.com/a/b/c" },
    { image: "public.ecr.aws/docker/library/busybox:1.36", name: "public.ecr.aws/docker/library/busybox" },
  ])
    it(`reads ${image} as ${name}`, () => {
      const repository = repositoryOf(image);

      assert.ok(repository);
      assert.equal(repositoryName(repository), name);
    });

  for (const image of ["", DIGEST, "Team/App", "r.example.com/../app", "r.example.com/a?b", "a b", "r.io/"])
    it(`finds no repository in ${JSON.stringify(image)}`, () => {
      assert.equal(repositoryOf(image), undefined);
    });
});

describe("isNamed", () => {
  for (const { image, name, is } of [
    { image: "r.example.com/shop/app", name: "r.example.com/shop/app", is: true },
    { image: "r.example.com/shop/app", name: "shop/app", is: true },
    { image: "r.example.com/app", name: "app", is: true },
    { image: "app", name: "app:2", is: true },
    { image: "r.example.com/shop/app", name: "other.example.com/shop/app", is: false },
    { image: "r.example.com/shop/app", name: "docker.io/shop/app", is: false },
    { image: "r.example.com/shop/app", name: "app", is: false },
    { image: "r.example.com/shop/app", name: "Shop", is: false },
  ])
    it(`takes ${image} ${is ? "for" : "for another than"} ${name}`, () => {
      assert.equal(isNamed(repositoryOf(image)!, name), is);
    });
});

import assert from "node:assert/strict";
import { splitRepository } from "../../../src/images/image-reference";
import {
  basicAuthorization,
  credentialsIn,
  isLoopback,
  parseChallenge,
  tokenUrl,
} from "../../../src/images/registry-auth";

describe("parseChallenge", () => {
  it("reads schemes in any case, quoted and plain parameters, and commas within quotes", () => {
    assert.deepEqual(
      parseChallenge('BEARER Realm="https://auth.example/t",service=hub, scope="repository:a/b:pull,push"'),
      {
        scheme: "bearer",
        parameters: { realm: "https://auth.example/t", service: "hub", scope: "repository:a/b:pull,push" },
      },
    );
    assert.deepEqual(parseChallenge('Basic realm="say \\"me\\""'), {
      scheme: "basic",
      parameters: { realm: 'say "me"' },
    });
    assert.deepEqual(parseChallenge("Negotiate"), { scheme: "negotiate", parameters: {} });
  });

  it("leads to the token, for pulling only unless the registry says otherwise", () => {
    const url = (header: string): string => tokenUrl(parseChallenge(header), "a/b").href;

    assert.equal(
      url('Bearer realm="https://auth.example/t?x=1",service="hub"'),
      "https://auth.example/t?x=1&service=hub&scope=repository%3Aa%2Fb%3Apull",
    );
    assert.equal(url('Bearer realm="https://auth.example/t",scope="s"'), "https://auth.example/t?scope=s");
  });
});

describe("credentialsIn", () => {
  const auth = Buffer.from("me:a:b").toString("base64");

  it("finds a registry's credentials, with colons in the password, and Docker Hub's under its old address", () => {
    const config = JSON.stringify({
      auths: { "reg.example:5000": { auth }, "https://index.docker.io/v1/": { auth } },
    });

    assert.deepEqual(credentialsIn(config, "reg.example:5000"), { username: "me", password: "a:b" });
    assert.deepEqual(credentialsIn(config, "registry-1.docker.io"), { username: "me", password: "a:b" });
    assert.equal(credentialsIn(config, "other.example"), undefined);
    assert.equal(credentialsIn("{}", "other.example"), undefined);
  });

  it("writes them as a header", () => {
    assert.equal(basicAuthorization({ username: "me", password: "a:b" }), `Basic ${auth}`);
  });
});

describe("isLoopback", () => {
  it("is true of this machine only", () => {
    for (const host of ["127.0.0.1:5000", "127.1.2.3", "localhost", "localhost:1", "[::1]:5000"])
      assert.ok(isLoopback(host), host);
    for (const host of ["127.0.0.1.example.com", "localhost.example.com", "example.com:5000", "10.0.0.1"])
      assert.ok(!isLoopback(host), host);
  });
});

describe("splitRepository", () => {
  it("takes the first part for a registry when it looks like a host", () => {
    assert.deepEqual(splitRepository("localhost/app"), { host: "localhost", path: "app" });
    assert.deepEqual(splitRepository("reg.example:5000/team/app"), {
      host: "reg.example:5000",
      path: "team/app",
    });
    assert.deepEqual(splitRepository("shop/migrate"), { host: undefined, path: "shop/migrate" });
    assert.deepEqual(splitRepository("node"), { host: undefined, path: "node" });
  });

  it("knows where Docker Hub really is, and what it calls its own images", () => {
    assert.deepEqual(splitRepository("docker.io/node"), {
      host: "registry-1.docker.io",
      path: "library/node",
    });
    assert.deepEqual(splitRepository("docker.io/me/app"), { host: "registry-1.docker.io", path: "me/app" });
  });
});

describe("credentials of Docker", () => {
  it("are not quoted where the file is no JSON", () => {
    assert.throws(() => credentialsIn('{ "auth": hunter2 }', "localhost:5000"), {
      message: "the Docker configuration is not valid JSON",
    });
  });
});

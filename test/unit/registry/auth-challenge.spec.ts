import assert from "node:assert/strict";
import { isLoopback, readChallenge, tokenUrl } from "../../../src/registry/auth-challenge";

describe("readChallenge", () => {
  for (const { header, scheme, parameters } of [
    {
      header:
        'Bearer realm="https://auth.example.com/token",service="r.example.com",scope="repository:a/b:pull"',
      scheme: "bearer",
      parameters: {
        realm: "https://auth.example.com/token",
        service: "r.example.com",
        scope: "repository:a/b:pull",
      },
    },
    {
      header: 'BEARER Realm = "https://a" , Scope="repository:a:pull,push"',
      scheme: "bearer",
      parameters: { realm: "https://a", scope: "repository:a:pull,push" },
    },
    { header: 'Basic realm="the \\"best\\""', scheme: "basic", parameters: { realm: 'the "best"' } },
    { header: "basic realm=x", scheme: "basic", parameters: { realm: "x" } },
    { header: "Negotiate", scheme: "negotiate", parameters: {} },
    { header: "", scheme: "", parameters: {} },
  ])
    it(`reads ${JSON.stringify(header)}`, () => {
      const challenge = readChallenge(header);

      assert.deepEqual([challenge.scheme, Object.fromEntries(challenge.parameters)], [scheme, parameters]);
    });
});

describe("tokenUrl", () => {
  const urlFor = (header: string) => tokenUrl(readChallenge(header), "shop/app")?.href;

  it("carries service and scope", () => {
    const url = urlFor('Bearer realm="https://auth.io/token?a=1",service="r.io",scope="repository:x:pull"');

    assert.equal(url, "https://auth.io/token?a=1&service=r.io&scope=repository%3Ax%3Apull");
  });

  it("asks to read the repository when the challenge names no scope", () => {
    assert.equal(
      urlFor('Bearer realm="http://127.0.0.1:5000/token"'),
      "http://127.0.0.1:5000/token?scope=repository%3Ashop%2Fapp%3Apull",
    );
  });

  for (const realm of ["http://auth.example.com/token", "ftp://localhost/", "token", ""])
    it(`sends no password to ${JSON.stringify(realm)}`, () => {
      assert.equal(urlFor(`Bearer realm="${realm}"`), undefined);
    });
});

describe("isLoopback", () => {
  for (const host of ["localhost", "localhost:5000", "127.0.0.1", "127.1.2.3:5000", "[::1]:5000"])
    it(`takes ${host} for this machine`, () => {
      assert.ok(isLoopback(host));
    });

  for (const host of ["localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "example.com:5000", ""])
    it(`takes ${JSON.stringify(host)} for another`, () => {
      assert.ok(!isLoopback(host));
    });
});

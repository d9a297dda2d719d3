import assert from "node:assert/strict";
import { proxiesOf } from "../../../../src/aws/connect/proxies";

describe("the proxies of the environment", () => {
  const cases: readonly { environment: NodeJS.ProcessEnv; http?: string; https?: string }[] = [
    { environment: {} },
    { environment: { HTTPS_PROXY: "", https_proxy: " " } },
    { environment: { HTTPS_PROXY: "http://proxy:3128" }, https: "HTTPS_PROXY http://proxy:3128/" },
    { environment: { HTTP_PROXY: "http://proxy:3128" }, http: "HTTP_PROXY http://proxy:3128/" },
    {
      environment: { https_proxy: "https://lower:1", HTTPS_PROXY: "http://upper:1" },
      https: "https_proxy https://lower:1/",
    },
    {
      environment: { https_proxy: "proxy.example.com:3128" },
      https: "https_proxy http://proxy.example.com:3128/",
    },
    { environment: { HTTPS_PROXY: "http://u:p@proxy:1" }, https: "HTTPS_PROXY http://u:p@proxy:1/" },
  ];
  for (const { environment, http, https } of cases) {
    it(`are read: ${JSON.stringify(environment)}`, () => {
      const told = proxiesOf(environment);

      const words = [told.http, told.https].map((proxy) => proxy && `${proxy.variable} ${proxy.url.href}`);
      assert.deepStrictEqual(words, [http, https]);
    });
  }

  it("are refused by the variable's name, without the password that it may hold", () => {
    assert.throws(() => proxiesOf({ HTTPS_PROXY: "http://u:secret@ proxy" }), {
      name: "InvalidConfiguration",
      message: "HTTPS_PROXY is no URL of a proxy",
    });
    assert.throws(() => proxiesOf({ http_proxy: "socks5://u:secret@proxy:1080" }), {
      message: "http_proxy names a proxy of the kind socks5://, and Node.js knows http:// and https:// only",
    });
  });

  const near = [
    "http://localhost:4566",
    "http://ecs.localhost",
    "http://127.0.0.1",
    "http://127.9.9.9",
    "http://0.0.0.0:8080",
    "http://[::1]:1",
    "http://[::ffff:127.0.0.1]:1",
    "http://169.254.169.254/latest",
    "http://169.254.170.2/v2/credentials",
    "http://[fd00:ec2::23]/v1/credentials",
    "http://[fd00:ec2::254]",
    "http://[fe80::1]",
    "http://[febf::1]",
  ];
  for (const url of near) {
    it(`do not get what is for this machine: ${url}`, () => {
      assert.equal(proxiesOf({}).isPassedBy(new URL(url)), true);
    });
  }

  const far = ["https://ecs.eu-central-1.amazonaws.com", "https://localhost.example.com", "http://10.0.0.1"];
  for (const url of [...far, "http://[fd00:ec2::24]", "http://[fec0::1]", "http://170.254.0.1"]) {
    it(`get all else: ${url}`, () => {
      assert.equal(proxiesOf({}).isPassedBy(new URL(url)), false);
    });
  }

  const exceptions: readonly [noProxy: string, url: string, isPassedBy: boolean][] = [
    ["*", "https://ecs.eu-central-1.amazonaws.com", true],
    ["amazonaws.com", "https://ecs.eu-central-1.amazonaws.com", true],
    [".amazonaws.com", "https://ecs.eu-central-1.amazonaws.com", true],
    ["*.amazonaws.com", "https://ecs.eu-central-1.amazonaws.com", true],
    ["a.com, AmazonAWS.com.", "https://ecs.eu-central-1.amazonaws.com.", true],
    ["a.com b.com", "https://b.com", true],
    ["amazonaws.com", "https://myamazonaws.com", false],
    ["example.com:443", "https://example.com", true],
    ["example.com:80", "http://example.com", true],
    ["example.com:8080", "https://example.com", false],
    ["example.com:8080", "https://example.com:8080", true],
    ["10.0.0.0/8", "http://10.1.2.3", true],
    ["10.0.0.0/8", "http://11.1.2.3", false],
    ["10.0.0.0/8", "http://ten.example.com", false],
    ["10.0.0.0/99", "http://10.1.2.3", false],
    ["10.1.2.3", "http://10.1.2.3", true],
    ["2.3", "http://10.1.2.3", false],
    ["fd00::/8", "http://[fd12::1]", true],
    ["fd00::/200", "http://[fd12::1]", false],
    ["[fd12::1]", "http://[fd12::1]", true],
    ["[fd12::1]:80", "http://[fd12::1]", true],
    ["fd12::1", "http://[fd12::1]", true],
    ["", "https://example.com", false],
    [",", "https://example.com", false],
  ];
  for (const [noProxy, url, isPassedBy] of exceptions) {
    it(`${isPassedBy ? "do not get" : "get"} ${url} with NO_PROXY=${noProxy}`, () => {
      assert.equal(proxiesOf({ NO_PROXY: noProxy }).isPassedBy(new URL(url)), isPassedBy);
      assert.equal(proxiesOf({ no_proxy: noProxy, NO_PROXY: "other" }).isPassedBy(new URL(url)), isPassedBy);
    });
  }
});

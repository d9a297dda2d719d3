import assert from "node:assert/strict";
import { ecrHost } from "../../../src/registry/ecr-host";

describe("ecrHost", () => {
  const registryId = "123456789012";

  for (const { host, region } of [
    { host: `${registryId}.dkr.ecr.eu-central-1.amazonaws.com`, region: "eu-central-1" },
    { host: `${registryId}.dkr.ecr.cn-north-1.amazonaws.com.cn`, region: "cn-north-1" },
    { host: `${registryId}.dkr.ecr-fips.us-gov-west-1.amazonaws.com`, region: "us-gov-west-1" },
    { host: `${registryId}.dkr-ecr.us-east-1.on.aws`, region: "us-east-1" },
  ])
    it(`knows ${host}`, () => {
      assert.deepStrictEqual(ecrHost(host), { registryId, region });
    });

  for (const host of [
    "public.ecr.aws",
    "docker.io",
    "dkr.ecr.eu-central-1.amazonaws.com",
    `${registryId}.dkr.ecr.eu-central-1.amazonaws.com.example.com`,
    `${registryId}.dkr.ecr.eu-central-1.amazonaws.com:443`,
  ])
    it(`does not take ${host} for a private registry`, () => {
      assert.equal(ecrHost(host), undefined);
    });
});

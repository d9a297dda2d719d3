import assert from "node:assert/strict";
import type { TaskManagedEBSVolumeConfiguration } from "@aws-sdk/client-ecs";
import { canRunOnFargate } from "../../../src/refusals/task-definitions/fargate";
import { noFargateSize } from "../../../src/refusals/fargate-sizes";
import { launchVolumeRules } from "../../../src/refusals/launches/volumes";
import { definitionRules, launchRules } from "../../../src/refusals/table";
import { fargate } from "../../support/fargate-definition";
import { testTable } from "./assert-table";
import { containerCases, dependencyCases, logCases } from "./container-cases";
import { sizeCases } from "./size-cases";
import { networkCases, volumeCases } from "./volume-and-network-cases";
import { fargateCases } from "./fargate-cases";
import { launchCases } from "./launch-cases";

describe("the table of what RegisterTaskDefinition refuses", () => {
  testTable(definitionRules, {
    ...containerCases,
    ...dependencyCases,
    ...volumeCases,
    ...networkCases,
    ...sizeCases,
    ...logCases,
    ...fargateCases,
  });

  for (const [setting, least, most] of [
    ["interval", 5, 300],
    ["timeout", 2, 60],
    ["retries", 1, 10],
    ["startPeriod", 0, 300],
  ] as const)
    it(`takes a health check's ${setting} from ${least} to ${most}`, () => {
      const isRefused = (value: number): boolean => {
        const healthCheck = { command: ["CMD", "true"], [setting]: value };
        const definition = {
          ...fargate,
          containerDefinitions: [{ name: "app", image: "app:1", healthCheck }],
        };
        return definitionRules.some(({ message }) => message(definition) !== undefined);
      };

      assert.deepEqual([least - 1, least, most, most + 1].map(isRefused), [true, false, false, true]);
    });

  for (const windows of [
    { requiresCompatibilities: undefined },
    { requiresCompatibilities: ["EC2" as const] },
  ])
    it(`does not compare sizes of Windows tasks on EC2 (${JSON.stringify(windows)})`, () => {
      const definition = {
        ...fargate,
        ...windows,
        runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_FULL" as const },
        containerDefinitions: [{ name: "app", image: "app:1", cpu: 2048, memory: 4096 }],
      };

      assert.deepEqual(
        definitionRules.filter(({ message }) => message(definition) !== undefined),
        [],
      );
    });

  for (const [member, values] of [
    ["stopTimeout", [0, 120]],
    ["startTimeout", [2, 120]],
  ] as const)
    it(`takes a ${member} of Fargate from ${values[0]} to ${values[1]}, and any on EC2`, () => {
      const isRefused = (value: number, on: object): boolean => {
        const containerDefinitions = [{ name: "app", image: "app:1", [member]: value }];
        const definition = { ...fargate, ...on, containerDefinitions };
        return definitionRules.some(({ message }) => message(definition) !== undefined);
      };

      assert.deepEqual(
        [...values, 121].map((value) => isRefused(value, {})),
        [false, false, true],
      );
      assert.equal(isRefused(1, {}), member === "startTimeout");
      assert.equal(isRefused(3600, { requiresCompatibilities: ["EC2"] }), false);
    });

  it("says of what names no launch type whether it could run on Fargate", () => {
    const { requiresCompatibilities, ...unnamed } = fargate;

    assert.deepEqual(requiresCompatibilities, ["FARGATE"]);
    assert.equal(canRunOnFargate(unnamed), true);
    assert.equal(canRunOnFargate({ ...unnamed, pidMode: "host" }), false);
  });

  for (const [cpu, sizes, impossible] of [
    ["256", ["512", "1024", "2048"], ["1536", "4096"]],
    ["512", ["1024", "4 GB"], ["512", "1500", "5120"]],
    [".5 vCPU", ["2 GB"], ["8 GB"]],
    ["1024", ["2048", "8192"], ["1024", "9216"]],
    ["2048", ["4096", "16384"], ["3072", "17408"]],
    ["4096", ["8192", "30720"], ["7168", "31744"]],
    ["8192", ["16384", "61440"], ["17408", "65536"]],
    ["16384", ["32768", "122880"], ["36864", "131072"]],
    ["32768", ["61440", "120 GB", "244 GB"], ["131072", "65536"]],
    ["300", [], ["512"]],
  ] as const)
    it(`knows which memory Fargate has for ${cpu} of CPU`, () => {
      const isRefused = (memory: string) => noFargateSize({ cpu, memory }) !== undefined;

      assert.deepEqual(sizes.filter(isRefused), []);
      assert.deepEqual(impossible.filter(isRefused), impossible);
    });

  it("knows that Windows on Fargate needs one vCPU", () => {
    const runtimePlatform = { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" as const };

    assert.match(noFargateSize({ cpu: "512", memory: "1024", runtimePlatform })!, /512 CPU, 1024 memory/);
    assert.equal(noFargateSize({ cpu: "1024", memory: "2048", runtimePlatform }), undefined);
  });
});

describe("the table of what RunTask and StartTask refuse", () => {
  testTable(launchRules, launchCases);

  const volumes: readonly (readonly [Partial<TaskManagedEBSVolumeConfiguration>, string | undefined])[] = [
    [{}, "sizeInGiB or snapshotId is required"],
    [{ snapshotId: "snap-1" }, undefined],
    [{ sizeInGiB: 124, volumeType: "st1" }, "sizeInGiB of st1 must be at least 125"],
    [{ sizeInGiB: 125, volumeType: "sc1", iops: 100 }, "iops is not supported for sc1"],
    [{ sizeInGiB: 1, volumeType: "gp3", iops: 2999 }, "iops of gp3 must be at least 3000"],
    [{ sizeInGiB: 1, volumeType: "gp3", iops: 3000, throughput: 125 }, undefined],
    [{ sizeInGiB: 1, volumeType: "gp2", throughput: 125 }, "throughput is not supported for gp2"],
    [{ sizeInGiB: 1, volumeInitializationRate: 100 }, "volumeInitializationRate needs a snapshotId"],
  ];
  for (const [settings, wrong] of volumes)
    it(`judges the EBS volume ${JSON.stringify(settings)}`, () => {
      const { request, ...others } = launchCases["a volume that the task definition does not have"]!.accepted;
      const managedEBSVolume = { roleArn: "role", ...settings };
      const launch = {
        ...others,
        request: { ...request, volumeConfigurations: [{ name: "data", managedEBSVolume }] },
      };

      const said = launchVolumeRules.flatMap(({ message }) => message(launch) ?? []);

      assert.deepEqual(said, wrong === undefined ? [] : [`The volume data is not valid: ${wrong}.`]);
    });
});

import assert from "node:assert/strict";
import type { Resource } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import { parseClusterQuery } from "../../../../src/state/placement/cluster-query";
import { placeTask, type Candidate, type Wish } from "../../../../src/state/placement/placement";
import { remainingResources, type Demand } from "../../../../src/state/placement/resources";

const resources = (cpu: number, memory: number, ports: readonly string[] = []): Resource[] => [
  { name: "CPU", integerValue: cpu },
  { name: "MEMORY", integerValue: memory },
  { name: "PORTS", stringSetValue: [...ports] },
  { name: "PORTS_UDP", stringSetValue: [] },
];
const demand: Demand = { cpu: 100, memory: 100, tcpPorts: [80], udpPorts: [] };
const candidate = (containerInstanceArn: string, change: Partial<Candidate> = {}): Candidate => ({
  containerInstanceArn,
  agentConnected: true,
  attributes: [],
  remaining: resources(1000, 1000),
  taskGroups: [],
  subject: () => [],
  ...change,
});
const wish: Wish = {
  demand,
  group: "family:app",
  requiredAttributes: [],
  constraints: [],
  strategies: [],
  parse: parseClusterQuery,
  random: () => 0,
};

describe("placing a task", () => {
  const obstacles: readonly {
    name: string;
    one: Partial<Candidate>;
    wish?: Partial<Wish>;
    reason: string;
  }[] = [
    { name: "an agent that is not connected", one: { agentConnected: false }, reason: "AGENT" },
    {
      name: "an attribute that is missing",
      one: {},
      wish: { requiredAttributes: [{ name: "ecs.capability.task-eni" }] },
      reason: "ATTRIBUTE",
    },
    { name: "too little CPU", one: { remaining: resources(99, 1000) }, reason: "RESOURCE:CPU" },
    { name: "too little memory", one: { remaining: resources(1000, 99) }, reason: "RESOURCE:MEMORY" },
    {
      name: "a port that is taken",
      one: { remaining: resources(1000, 1000, ["80"]) },
      reason: "RESOURCE:PORTS",
    },
    {
      name: "a query that does not match",
      one: {},
      wish: { constraints: [{ type: "memberOf", expression: "attribute:color exists" }] },
      reason: "MemberOf placement constraint unsatisfied.",
    },
    {
      name: "another task of the group",
      one: { taskGroups: ["family:app"] },
      wish: { constraints: [{ type: "distinctInstance" }] },
      reason: "DistinctInstance placement constraint unsatisfied.",
    },
  ];
  for (const { name, one, wish: more, reason } of obstacles)
    it(`is prevented by ${name}`, () => {
      assert.deepEqual(placeTask([candidate("i", one)], { ...wish, ...more }), {
        failures: [{ arn: "i", reason }],
      });
    });

  const zone = (name: string): Partial<Candidate> => ({
    subject: (subject) => (subject === "attribute:ecs.availability-zone" ? [name] : []),
  });
  const strategies: readonly {
    name: string;
    strategy: Wish["strategies"];
    among: Candidate[];
    expected: string;
  }[] = [
    {
      name: "binpack on memory takes the fullest instance it fits on",
      strategy: [{ type: "binpack", field: "memory" }],
      among: [
        candidate("empty"),
        candidate("fuller", { remaining: resources(1000, 200) }),
        candidate("full", { remaining: resources(1000, 50) }),
      ],
      expected: "fuller",
    },
    {
      name: "spread over instances takes the one with the fewest tasks of the group",
      strategy: [{ type: "spread", field: "instanceId" }],
      among: [
        candidate("one", { taskGroups: ["family:app"] }),
        candidate("two", { taskGroups: ["family:other"] }),
      ],
      expected: "two",
    },
    {
      name: "spread over zones counts all instances of a zone",
      strategy: [{ type: "spread", field: "attribute:ecs.availability-zone" }],
      among: [
        candidate("a1", { ...zone("a"), taskGroups: ["family:app"] }),
        candidate("a2", zone("a")),
        candidate("b1", zone("b")),
      ],
      expected: "b1",
    },
    {
      name: "a second strategy decides among what the first holds for equal",
      strategy: [
        { type: "spread", field: "instanceId" },
        { type: "binpack", field: "cpu" },
      ],
      among: [candidate("one"), candidate("two", { remaining: resources(500, 1000) })],
      expected: "two",
    },
  ];
  for (const { name, strategy, among, expected } of strategies)
    it(name, () => {
      const placed = placeTask(among, { ...wish, strategies: strategy });

      assert.equal("place" in placed && placed.place.containerInstanceArn, expected);
    });

  it("never places more than there is", () => {
    const size = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.array(fc.record({ cpu: size, memory: size }), { maxLength: 20 }), (sizes) => {
        const registered = resources(1000, 1000);
        const taken: Demand[] = [];
        for (const each of sizes) {
          const asked = { ...each, tcpPorts: [], udpPorts: [] };
          const one = candidate("i", { remaining: remainingResources(registered, taken) });
          if ("place" in placeTask([one], { ...wish, demand: asked })) taken.push(asked);
        }
        const left = remainingResources(registered, taken).map(({ integerValue = 0 }) => integerValue);
        assert.ok(left.every((amount) => amount >= 0));
      }),
    );
  });
});

import assert from "node:assert/strict";
import { readState } from "../../../../src/provider/read-state";
import { distinctPlaces, isSameCluster, placeText, recordedPlace } from "../../../../src/run/order/place";
import { TASK_ARN } from "../../../support/builders";

const CLUSTER_ARN = "arn:aws:ecs:eu-central-1:123456789012:cluster/prod";

describe("the place of a recorded run", () => {
  const placeOf = (state: object) =>
    recordedPlace(readState("id", { taskDefinition: "app:1", ...state }), "us-east-1");

  it("is the recorded one", () => {
    const place = { region: "eu-west-1", cluster: "other", family: "seed" };

    assert.deepStrictEqual(placeOf({ place, taskArn: TASK_ARN }), place);
  });

  it("is that of its task where it was not recorded", () => {
    const taskDefinitionArn = "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:3";

    assert.deepStrictEqual(placeOf({ taskArn: TASK_ARN, clusterArn: CLUSTER_ARN, taskDefinitionArn }), {
      region: "eu-central-1",
      cluster: CLUSTER_ARN,
      family: "app",
    });
  });

  it("is what the inputs named where no task is known: their region, or the present one", () => {
    assert.deepStrictEqual(placeOf({}), { region: "us-east-1", cluster: "default", family: "app" });
    assert.deepStrictEqual(placeOf({ region: "eu-west-1", cluster: "prod" }), {
      region: "eu-west-1",
      cluster: "prod",
      family: "app",
    });
  });
});

describe("places", () => {
  it("are the same however the cluster is named, and not in another region or family", () => {
    const place = { region: "eu-central-1", cluster: "prod", family: "app" };
    const others = [
      { ...place, region: "us-east-1" },
      { ...place, family: "seed" },
      { ...place, cluster: "dev" },
    ];

    assert.equal(distinctPlaces([place, { ...place, cluster: CLUSTER_ARN }, ...others]).length, 4);
  });

  it("are in one cluster when region and cluster are the same, whatever the family", () => {
    const place = { region: "eu-central-1", cluster: "prod", family: "app" };

    assert.equal(isSameCluster(place, { ...place, cluster: CLUSTER_ARN, family: "seed" }), true);
    assert.equal(isSameCluster(place, { ...place, region: "us-east-1" }), false);
    assert.equal(isSameCluster(place, { ...place, cluster: "dev" }), false);
  });

  it("read as a cluster and a region", () => {
    const place = { region: "eu-central-1", cluster: CLUSTER_ARN, family: "app" };

    assert.equal(placeText(place), "cluster prod in eu-central-1");
  });
});

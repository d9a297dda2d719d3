/** Says which image a task ran that something else started: a schedule, a script, a person. */
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "pulumi-ecs-task";

const last = EcsTask.get("last", new pulumi.Config().require("taskArn"));

export const { imageDigests, images, outcome, exitCodes, stoppedAt } = last;

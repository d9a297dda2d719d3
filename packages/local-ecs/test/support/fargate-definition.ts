/** The container of a task definition that says no more than it must. */
export const container = { name: "app", image: "app:1" };

/** The least that RegisterTaskDefinition takes for Fargate. */
export const fargate = {
  family: "fargate",
  requiresCompatibilities: ["FARGATE" as const],
  networkMode: "awsvpc" as const,
  cpu: "256",
  memory: "512",
  containerDefinitions: [container],
};

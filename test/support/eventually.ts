export { eventually } from "../../packages/local-ecs/test/support/eventually";

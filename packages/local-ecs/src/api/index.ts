/**
 * All that a program can import from `local-ecs`.
 * @module local-ecs
 */
export { startLocalEcs } from "./start-local-ecs";
export { writeOciImage } from "../images/write-oci-image";
export type { ImageFile, ImageFiles, WriteOciImageOptions, WrittenImage } from "../images/write-oci-image";
export type { SeedService } from "../control/seed-service";
export type { FoundImage } from "../images/folders/oci-layouts";
export type { ImageConfig } from "../images/oci-content";
export type { RuntimeKind } from "../runtime/make-runtime";
export type { ContainerLine, LocalEcsOptions } from "./local-ecs-options";
export type { LocalEcs, LocalFaults } from "./running-local-ecs";
export type { LocalTasks } from "../control/local-tasks";
export type { Fault, FaultMatch, FaultPlan } from "../faults/fault-plan";
export type { Interruption, TaskPlan } from "../faults/task-plan";
export type { PhaseMs } from "../state/tasks/task-lifecycle";
export type { TaskStatus } from "../state/tasks/task-status";
export type { ConsistencyLag } from "../state/tasks/visibility";

import { dirname, join } from "node:path";
import { ImageStore } from "../images/image-store";
import type { OciLayouts } from "../images/folders/oci-layouts";
import type { ContainerRuntime } from "./container-runtime";
import { findEngine } from "./engine/engine-cli";
import { EngineRuntime } from "./engine/engine-runtime";
import { ProcessRuntime } from "./process/process-runtime";

/** What runs containers: processes of this machine, or a container engine (Docker, Podman). @public */
export type RuntimeKind = "process" | "engine";

export interface MakeRuntimeOptions {
  readonly kind: RuntimeKind;
  /** What is in folders and archives. */
  readonly layouts: OciLayouts;
  readonly dockerConfig: string | undefined;
  /** For images and containers. */
  readonly folder: string;
}

/** @throws Error when a container engine is wanted and none answers. */
export async function makeRuntime({
  kind,
  layouts,
  dockerConfig,
  folder,
}: MakeRuntimeOptions): Promise<ContainerRuntime> {
  const images = new ImageStore({ layouts, folder: join(folder, "registries"), dockerConfig });
  if (kind === "process") return new ProcessRuntime({ images, folder });
  const environment = dockerConfig === undefined ? {} : { DOCKER_CONFIG: dirname(dockerConfig) };
  const cli = await findEngine({ ...process.env, ...environment });
  return new EngineRuntime({ cli, layouts, images, folder });
}

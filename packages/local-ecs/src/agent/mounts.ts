import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Mount } from "../runtime/container-runtime";
import { quoted } from "../values/quoted";
import { isVolumeName } from "../values/volume-name";
import type { MountPoint } from "./container-plan";

/**
 * Folders of this machine for a container's mount points. A volume without a path is a new folder that the containers of
 * the task share.
 * @param folder - for the volumes of this task.
 * @throws Error when a volume's name is none: it would lead somewhere else.
 */
export async function makeMounts(
  mountPoints: readonly MountPoint[],
  folder: string,
): Promise<readonly Mount[]> {
  return Promise.all(
    mountPoints.map(async ({ volume, hostPath, target, isReadOnly }) => {
      const source = hostPath ?? join(folder, folderName(volume));
      // As Docker does for a path of the host that is not there.
      await mkdir(source, { recursive: true }).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      });
      return { source, target, isReadOnly };
    }),
  );
}

function folderName(volume: string): string {
  if (!isVolumeName(volume))
    throw new Error(`invalid mount config: ${quoted(volume)} is no name of a volume`);
  return volume;
}

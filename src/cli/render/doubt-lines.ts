import type { FoundImage } from "../../lookup/find-tasks-by-image";
import { columnLines } from "./column-lines";
import { imageTable } from "./image-table";
import { oneLine } from "./one-line";

/** What a look-up could not settle. */
type Doubts = Pick<FoundImage, "missingTaskArns"> & Partial<Pick<FoundImage, "unknown" | "unanswered">>;

/** What a look-up could not settle, as lines; none when it settled all. */
export function doubtLines({ unknown = [], unanswered = [], missingTaskArns }: Doubts): string[] {
  const parts: (readonly string[])[] = [];
  if (unknown.length > 0)
    parts.push([
      `${counted(unknown.length, "container has", "containers have")} no digest (yet), and may run it:`,
      ...imageTable(unknown),
    ]);
  if (unanswered.length > 0) {
    const images = new Set(unanswered.map(({ imageDigest }) => imageDigest)).size;
    const rows = unanswered.map(({ imageDigest, repository, reason, message }) => [
      repository === undefined ? imageDigest : `${repository}@${imageDigest}`,
      `${reason}: ${message}.`,
    ]);
    parts.push([
      `${counted(images, "image that runs", "images that run")} could not be looked into, and may hold it:`,
      ...columnLines(rows).map((line) => oneLine(line, Infinity)),
    ]);
  }
  if (missingTaskArns.length > 0)
    parts.push([
      `${counted(missingTaskArns.length, "task was", "tasks were")} listed and then not known any more, or not yet.`,
    ]);
  return parts.flatMap((part, index) => (index === 0 ? part : ["", ...part]));
}

function counted(count: number, one: string, several: string): string {
  return `${count} ${count === 1 ? one : several}`;
}

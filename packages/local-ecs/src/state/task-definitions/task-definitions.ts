import type { Tag, TaskDefinition } from "@aws-sdk/client-ecs";
import { ecsArn, isArn, resourceOf, type Account } from "../arn";

type Known = "taskDefinitionArn" | "family" | "revision" | "status" | "containerDefinitions";

/** A task definition as stored: the members that every one has are certain. */
export type StoredTaskDefinition = TaskDefinition & {
  readonly [K in Known]-?: NonNullable<TaskDefinition[K]>;
};

export interface TaskDefinitionRecord {
  readonly definition: StoredTaskDefinition;
  readonly tags: readonly Tag[];
}

/** Families and their revisions. A revision never changes but for its status, and its number is never used again. */
export class TaskDefinitions {
  readonly #families: Map<string, readonly TaskDefinitionRecord[]>;
  readonly #account: Account;

  constructor(account: Account, families = new Map<string, readonly TaskDefinitionRecord[]>()) {
    this.#account = account;
    this.#families = families;
  }

  register(
    definition: Omit<StoredTaskDefinition, "taskDefinitionArn" | "revision" | "status">,
    tags: readonly Tag[],
  ): TaskDefinitionRecord {
    const revisions = this.#families.get(definition.family) ?? [];
    const revision = revisions.length + 1;
    const taskDefinitionArn = ecsArn(this.#account, `task-definition/${definition.family}:${revision}`);
    const record = {
      definition: { ...definition, taskDefinitionArn, revision, status: "ACTIVE" as const },
      tags,
    };
    this.#families.set(definition.family, [...revisions, record]);
    return record;
  }

  /** @param reference - `family` (its latest active revision), `family:revision` or an ARN. */
  find(reference: string): TaskDefinitionRecord | undefined {
    const { family, revision } = parseReference(reference);
    const revisions = this.#families.get(family) ?? [];
    if (revision === undefined) return revisions.findLast(({ definition }) => definition.status === "ACTIVE");
    const record = revisions[revision - 1];
    return isArn(reference) && record?.definition.taskDefinitionArn !== reference ? undefined : record;
  }

  deregister({ definition, tags }: TaskDefinitionRecord, now: number): TaskDefinitionRecord {
    const record: TaskDefinitionRecord = {
      definition: { ...definition, status: "INACTIVE", deregisteredAt: new Date(now) },
      tags,
    };
    return this.replace(record);
  }

  /** Puts a changed revision in the place of what it was. */
  replace(record: TaskDefinitionRecord): TaskDefinitionRecord {
    const { family, revision } = record.definition;
    const revisions = this.#families.get(family) ?? [];
    this.#families.set(family, revisions.with(revision - 1, record));
    return record;
  }

  familyNames(): readonly string[] {
    return [...this.#families.keys()].sort();
  }

  /** Oldest first. */
  revisionsOf(family: string): readonly TaskDefinitionRecord[] {
    return this.#families.get(family) ?? [];
  }
}

export interface TaskDefinitionReference {
  readonly family: string;
  readonly revision: number | undefined;
}

export function parseReference(reference: string): TaskDefinitionReference {
  const name = (resourceOf(reference) ?? reference).replace(/^task-definition\//, "");
  const match = /^(.*):(\d+)$/.exec(name);
  return match === null
    ? { family: name, revision: undefined }
    : { family: match[1] ?? "", revision: Number(match[2]) };
}

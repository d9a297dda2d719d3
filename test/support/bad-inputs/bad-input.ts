/** Inputs that are wrong in one place, and the message about it: what is wrong, what is allowed. */
export interface BadInput {
  readonly inputs: object;
  readonly property: string;
  readonly reason: RegExp;
}

/** The least that is right. */
export const good = { taskDefinition: "app:1" };

import type { AssumeRole } from "./task-inputs";

/** How AWS is reached by a look-up. What is left out comes from the stack's `aws:` configuration, then from the SDK. @public */
export interface LookUpOptions {
  /** The AWS region. */
  readonly region?: string | undefined;
  /** A profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** A role to assume. */
  readonly assumeRole?: AssumeRole | undefined;
  /** The URL of the ECS and CloudWatch Logs API. */
  readonly endpoint?: string | undefined;
}

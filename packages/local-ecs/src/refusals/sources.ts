/** Where the rules come from. AWS's pages were read 2026-11, most of them as the documentation of the service model. */

/** A page of the API reference. */
export function api(page: string): string {
  return `https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_${page}.html`;
}

/** A page of the developer guide. */
export function guide(page: string): string {
  return `https://docs.aws.amazon.com/AmazonECS/latest/developerguide/${page}`;
}

/**
 * A rule of cdk-preflight, which is made from deployments that AWS refused. It quotes what AWS said, mostly without the
 * full stop at the end.
 */
export function deployed(rule: string): string {
  return `https://github.com/badmintoncryer/cdk-preflight/tree/main/rules/ecs/pf-ecs-${rule}`;
}

/** An issue on GitHub in which a user shows the refusal. */
export function issue(reference: string): string {
  return `https://github.com/${reference.replace("#", "/issues/")}`;
}

import { ACCESS_SHAPES } from "./input-rules";
import { boolean, object, oneOf, text, type InputFailure, type Shape } from "./shape";

const survey = {
  cluster: text({ allowed: "a cluster's name or ARN" }),
  family: text({ allowed: "a task definition's family" }),
  serviceName: text({ allowed: "a service's name or ARN" }),
  desiredStatus: oneOf(["RUNNING", "STOPPED"]),
};

/** What makes a text an ARN or a digest is for whoever reads it to say: those errors have codes of their own. */
const anyText: Shape = (value, path) => (value === "" ? [] : text()(value, path));

/** The arguments of each look-up. */
export const LOOK_UP_SHAPES = {
  getTask: object({ required: { taskArn: anyText }, optional: ACCESS_SHAPES }),
  getRunningImages: object({ optional: { cluster: survey.cluster, ...ACCESS_SHAPES } }),
  getTasksByImageDigest: object({
    required: { imageDigest: anyText },
    optional: { imageIndexDigest: anyText, askRegistry: boolean, ...survey, ...ACCESS_SHAPES },
    mistaken: { digest: 'is not a known property; write "imageDigest"' },
  }),
} satisfies Readonly<Record<string, Shape>>;

/** A look-up of the package. */
export type LookUpName = keyof typeof LOOK_UP_SHAPES;

/** Everything that is wrong with the arguments of a look-up. */
export function checkLookUp(name: LookUpName, args: unknown): InputFailure[] {
  return LOOK_UP_SHAPES[name](args, "");
}

import { invalidParameter } from "../../server/aws-error";

interface Term {
  readonly text: string;
  /** `?one ?other`: one of them is enough. `-one`: it must not be there. */
  readonly sign: "" | "?" | "-";
}

/**
 * Understands a filter pattern of terms: all of them, one of those with a question mark, none of those with a minus.
 * Patterns for JSON and for columns are not known here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function patternOf(pattern = ""): (message: string) => boolean {
  if (/^\s*[{[%]/.test(pattern))
    throw invalidParameter(
      "The local ECS knows filter patterns of terms only, not those for JSON, columns or regular expressions.",
    );
  const terms = [...pattern.matchAll(/([?-]?)(?:"([^"]*)"|(\S+))/g)].map(
    ([, sign = "", quoted, word = ""]): Term => ({ sign: sign as Term["sign"], text: quoted ?? word }),
  );
  const texts = (wanted: Term["sign"]) => terms.filter(({ sign }) => sign === wanted).map(({ text }) => text);
  const [all, some, none] = [texts(""), texts("?"), texts("-")];
  return (message) =>
    all.every((text) => message.includes(text)) &&
    (some.length === 0 || some.some((text) => message.includes(text))) &&
    !none.some((text) => message.includes(text));
}

/*
 * Texts of others: what containers print, what ECS, CloudWatch Logs and registries say. Anybody who can write a log line
 * or stop a task with a reason writes them, and they end up on terminals, in the logs of CI systems and in state.
 */

/** Nothing else has to be looked for in a text without any of these. */
// eslint-disable-next-line no-control-regex -- these are what has to go
const SUSPECT = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]|<\{%|##/;

/**
 * Escape sequences, which go as a whole: a text for the terminal itself (OSC, DCS, SOS, PM, APC) with its end, a control
 * sequence (CSI), and any other. No part of a pattern goes beyond the next control character, so that no text takes
 * more than one pass.
 *
 * @see https://ecma-international.org/publications-and-standards/standards/ecma-48/
 */
const ESCAPE_SEQUENCES =
  // eslint-disable-next-line no-control-regex -- as above
  /(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0000-\u001f\u007f-\u009f]*(?:\u0007|\u001b\\|\u009c)|(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

/** All that somebody's terminal, log viewer or CI system takes for the end of a line. A `\r` would write over the line. */
// eslint-disable-next-line no-control-regex -- as above
const LINE_BREAKS = /\r+\n?|[\u000b\u000c\u0085\u2028\u2029]/g;

/** What is left of control characters, and those that turn the direction of text, as "Trojan Source" uses them. */
// eslint-disable-next-line no-control-regex -- as above
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text of somebody else as it may be shown and stored: well-formed, without control characters, and without what
 * Pulumi or a CI system takes for a command anywhere in a line. Its line breaks are `\n`.
 *
 * - Half of a surrogate pair becomes U+FFFD. gRPC cannot answer an error whose message holds one.
 * - A tab becomes four blanks. Every other control character is left out.
 * - `<{%red%}>` is Pulumi's colour markup. Its CLI panics on a colour that it does not know.
 * - GitHub's runner takes `##[add-mask]` for a command anywhere in a line, the agent of Azure Pipelines `##vso[…]`, and
 *   TeamCity `##teamcity[…]`.
 *
 * What a CI system takes for a command at the beginning of a line, such as `::add-mask::`, needs a mark before it:
 * see {@link markedLines}.
 *
 * Sources: `sdk/go/common/diag/colors/colors.go` in pulumi/pulumi, `src/Runner.Common/ActionCommand.cs` in
 * actions/runner, `src/Microsoft.VisualStudio.Services.Agent/Command.cs` in microsoft/azure-pipelines-agent.
 */
export function plainText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  if (!SUSPECT.test(wellFormed)) return wellFormed;
  return wellFormed
    .replace(ESCAPE_SEQUENCES, "")
    .replace(LINE_BREAKS, "\n")
    .replaceAll("\t", "    ")
    .replace(CONTROLS, "")
    .replaceAll("<{%", "<{ %")
    .replace(/##(?=\w*\[)/g, "# #");
}

/** As {@link plainText}, in one line: what is said within a sentence of ours never begins a line. */
export function plainLine(text: string): string {
  const plain = plainText(text);
  if (!plain.includes("\n")) return plain;
  return plain
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join(" ");
}

/**
 * The lines of somebody else's text behind a mark. GitHub's runner takes `::add-mask::` for a command where a line
 * begins with it, blanks aside; Buildkite and others have commands like that. No line begins with anything but the mark.
 *
 * @param whose - who wrote them, for the mark.
 */
export function markedLines(text: string, whose = ""): readonly string[] {
  const mark = whose === "" ? "|" : `${whose} |`;
  return plainText(text)
    .split("\n")
    .map((line) => `${mark} ${line}`.trimEnd());
}

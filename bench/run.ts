/**
 * Measures this package beside what people would use otherwise: `npm run bench`, which also writes bench/results.md
 * and the table in the README. `npm run bench -- --quick` takes a few samples of everything and writes nothing;
 * `npm run bench -- delay scale` answers some questions only, and writes nothing unless `--write` is given.
 */
import { parseArgs } from "node:util";
import type { Finding, Question } from "./frame/finding";
import { answer, writeReport } from "./frame/report";
import { inWorkplace } from "./frame/workplace";
import { questions } from "./questions";

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const names = questions.map(({ name }) => name);
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no question ${unknown.join(", ")}; there are: ${names.join(", ")}.`);
  const asked = questions.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  const isWritten = values.write || (!values.quick && positionals.length === 0);
  // Side by side when nobody learns anything from the figures.
  if (values.quick) await Promise.all(asked.map((question) => measured(question, true)));
  else await measureAll(asked, isWritten);
}

/** One after the other, so that nothing disturbs what is measured. */
async function measureAll(asked: readonly Question[], isWritten: boolean): Promise<void> {
  const findings: Finding[] = [];
  for (const question of asked) {
    findings.push(await measured(question, false));
    // After each answer: what took minutes is not lost when the next one fails.
    if (isWritten) await writeReport(findings, new Date());
  }
}

async function measured(question: Question, isQuick: boolean): Promise<Finding> {
  const startMs = performance.now();
  const finding = await question.measure(isQuick);
  const tookS = Math.round((performance.now() - startMs) / 1000);
  console.log(`\n## ${finding.title} (${question.name}, ${tookS} s)\n\n${answer(finding)}`);
  return finding;
}

inWorkplace(main).then(
  // The SDK's waiter leaves timers of minutes behind when it is aborted.
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);

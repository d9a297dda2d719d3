import ts from "typescript";

/** What a change of each input leads to, as the table `INPUTS` in the code says it. */
export function effectsOfInputs(program: ts.Program, file: string): ReadonlyMap<string, string> {
  const effects = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && nameText(node.name) === "INPUTS" && node.initializer) {
      node.initializer.forEachChild((member) => {
        if (ts.isPropertyAssignment(member)) effects.set(nameText(member.name), effectIn(member.initializer));
      });
    }
    node.forEachChild(visit);
  };
  program.getSourceFile(file)?.forEachChild(visit);
  if (effects.size === 0) throw new Error(`${file} has no table INPUTS`);
  return effects;
}

/** The member `effect` of an object. */
function effectIn(facts: ts.Expression): string {
  const members = ts.isObjectLiteralExpression(facts) ? facts.properties : [];
  for (const member of members)
    if (ts.isPropertyAssignment(member) && nameText(member.name) === "effect")
      return ts.isStringLiteral(member.initializer) ? member.initializer.text : "";
  return "";
}

function nameText(name: ts.Node): string {
  return ts.isIdentifier(name) ? name.text : "";
}

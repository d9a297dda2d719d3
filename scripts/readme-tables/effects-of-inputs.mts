import ts from "typescript";

/** What a change of each input leads to, as the table `EFFECTS` in the code says it. */
export function effectsOfInputs(program: ts.Program, file: string): ReadonlyMap<string, string> {
  const effects = new Map<string, string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && nameText(node.name) === "EFFECTS" && node.initializer) {
      node.initializer.forEachChild((member) => {
        if (ts.isPropertyAssignment(member) && ts.isStringLiteral(member.initializer))
          effects.set(nameText(member.name), member.initializer.text);
      });
    }
    node.forEachChild(visit);
  };
  program.getSourceFile(file)?.forEachChild(visit);
  if (effects.size === 0) throw new Error(`${file} has no table EFFECTS`);
  return effects;
}

function nameText(name: ts.Node): string {
  return ts.isIdentifier(name) ? name.text : "";
}

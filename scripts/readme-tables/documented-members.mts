import ts from "typescript";
import { typeText } from "./type-text.mts";

/** A property and what its documentation says, as Markdown in one line. */
export interface DocumentedMember {
  readonly name: string;
  readonly type: string;
  readonly isOptional: boolean;
  readonly defaultValue: string | undefined;
  readonly meaning: string;
}

/** The properties of an interface or class, in the order of the code. */
export function documentedMembers(
  program: ts.Program,
  file: string,
  declared: string,
): readonly DocumentedMember[] {
  const checker = program.getTypeChecker();
  const declaration = program
    .getSourceFile(file)
    ?.statements.find(
      (statement): statement is ts.InterfaceDeclaration | ts.ClassDeclaration =>
        (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) &&
        statement.name?.text === declared,
    );
  if (!declaration) throw new Error(`${file} does not declare ${declared}`);
  return declaration.members.flatMap((member) => {
    const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
    return isProperty && member.type ? [documentedMember(member, member.type, checker)] : [];
  });
}

function documentedMember(
  member: ts.PropertySignature | ts.PropertyDeclaration,
  type: ts.TypeNode,
  checker: ts.TypeChecker,
): DocumentedMember {
  const name = member.name.getText();
  const symbol = checker.getSymbolAtLocation(member.name);
  const meaning = oneLine(symbol?.getDocumentationComment(checker));
  if (!meaning) throw new Error(`${name} has no documentation`);
  const defaultTag = symbol?.getJsDocTags(checker).find((tag) => tag.name === "defaultValue");
  return {
    name,
    type: typeText(type, checker),
    isOptional: member.questionToken !== undefined,
    defaultValue: defaultTag && oneLine(defaultTag.text),
    meaning,
  };
}

function oneLine(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return ts
    .displayPartsToString(parts as ts.SymbolDisplayPart[] | undefined)
    .replaceAll(/\s+/g, " ")
    .trim();
}

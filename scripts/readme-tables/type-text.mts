import ts from "typescript";

/** A longer object says more by its documentation than by the names of its members. */
const MOST_MEMBERS = 8;

/** A type in words: what is written there, without `Input` and `Output` around it. */
export function typeText(node: ts.TypeNode, checker: ts.TypeChecker): string {
  const text = (inner: ts.TypeNode): string => typeText(inner, checker);
  if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return text(node.type);
  if (ts.isArrayTypeNode(node)) return ofWhat("list", text(node.elementType));
  if (ts.isUnionTypeNode(node)) return unionText(node, checker);
  if (ts.isTypeReferenceNode(node)) {
    const [first, second] = node.typeArguments ?? [];
    switch (node.typeName.getText()) {
      case "Input":
        // What is optional says the column of defaults.
        return first ? text(first).replace(/ or absent$/, "") : "anything";
      case "Output":
        return first ? text(first) : "anything";
      // A string all the same, which the words say better.
      case "Word":
        return first ? text(first) : "string";
      case "Record":
        return ofWhat("map", second ? text(second) : "anything");
      case "WithArn":
        return "`{ arn }`";
      case "ArnInput":
        return "string or `{ arn }`";
    }
  }
  const type = checker.getTypeFromTypeNode(node);
  if (type.isUnion() && type.types.every((each) => each.isStringLiteral()))
    // In an order of our own: the compiler's follows from what it has met first.
    return type.types
      .map((each) => `\`${each.value}\``)
      .sort()
      .join(", ");
  if (node.kind === ts.SyntaxKind.UnknownKeyword) return "anything";
  return type.flags & ts.TypeFlags.Object ? objectText(type) : checker.typeToString(type);
}

function unionText(node: ts.UnionTypeNode, checker: ts.TypeChecker): string {
  const isUndefined = (each: ts.TypeNode): boolean => each.kind === ts.SyntaxKind.UndefinedKeyword;
  const words = node.types
    .filter((each) => !isUndefined(each))
    .flatMap((each) => wordText(each, checker).split(" or "));
  const or = words.every((word) => word.startsWith("`")) ? ", " : " or ";
  return [...new Set(words)].join(or) + (node.types.some(isUndefined) ? " or absent" : "");
}

function wordText(node: ts.TypeNode, checker: ts.TypeChecker): string {
  const isWord = ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal);
  return isWord ? `\`${node.literal.text}\`` : typeText(node, checker);
}

function ofWhat(collection: string, what: string): string {
  const several = /^[a-z]+$/.test(what) ? `${what}s` : what;
  return what === "anything" ? collection : `${collection} of ${several}`;
}

function objectText(type: ts.Type): string {
  const members = type.getProperties();
  if (members.length > MOST_MEMBERS) return "object";
  const names = members.map(({ name, flags }) => (flags & ts.SymbolFlags.Optional ? `${name}?` : name));
  return `\`{ ${names.join(", ")} }\``;
}

import eslint from "@eslint/js";
import sonarjs from "eslint-plugin-sonarjs";
import tseslint from "typescript-eslint";

/** Rooms that decide and never talk: time, randomness and ids arrive as arguments. */
const pureRooms = [
  "src/{text,inputs,outcome}/**/*.ts",
  "src/run/order/*.ts",
  "src/run/launch/{launch-*,passing-refusals,candidates}.ts",
];

const sources = ["src/**/*.ts", "packages/*/src/**/*.ts"];

export default tseslint.config(
  { ignores: ["**/dist/", "coverage/", "docs/api/", "node_modules/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.{ts,mts}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: sources,
    plugins: { sonarjs },
    rules: {
      "sonarjs/cognitive-complexity": ["error", 15],
      "@typescript-eslint/max-params": ["error", { max: 3 }],
      // One dialect. An arrow function is for a value: one that is passed on, returned or typed, or an expression with a name.
      "func-style": ["error", "declaration", { allowArrowFunctions: true }],
      "no-restricted-syntax": [
        "error",
        { selector: "[accessibility='private']", message: "Private members are written #name." },
        {
          selector:
            ":matches(Program, ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression",
          message: "Functions of a module are declared: function name() {}.",
        },
        {
          selector:
            "VariableDeclarator:not([id.typeAnnotation]) > ArrowFunctionExpression[body.type='BlockStatement']:not(:has(ThisExpression))",
          message: "Functions of several statements are declared: function name() {}.",
        },
      ],
      // Of other constants it cannot be said: a schema, a provider or a promisified function is no constant to read.
      "@typescript-eslint/naming-convention": [
        "error",
        {
          selector: "variable",
          modifiers: ["const", "global"],
          types: ["string", "number", "boolean"],
          format: ["UPPER_CASE"],
        },
      ],
    },
  },
  {
    files: pureRooms,
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "process", message: "A pure room does not know its process." },
        { name: "setTimeout", message: "A pure room does not wait." },
        { name: "console", message: "A pure room does not print." },
      ],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: "Time arrives as an argument." },
        { object: "Math", property: "random", message: "Randomness arrives as an argument." },
      ],
    },
  },
  {
    files: ["test/**/*.ts", "packages/*/test/**/*.ts"],
    rules: {
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      // Builders and assertions are more readable with `!` on a value the test has just made.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.{mjs,cjs,js}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        require: "readonly",
        module: "writable",
        exports: "writable",
      },
    },
  },
);

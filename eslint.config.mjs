import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/** Rooms that decide and never talk: time, randomness and ids arrive as arguments. */
const pureRooms = ["src/task/**/*.ts"];

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

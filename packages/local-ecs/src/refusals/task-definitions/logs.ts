import { api, deployed } from "../sources";
import { ofEachContainer, type DefinitionRule } from "./task-definition";

const ERROR = "ClientException";

export const logRules: readonly DefinitionRule[] = [
  {
    refused: "awslogs without its group or region",
    error: ERROR,
    message: ofEachContainer(({ logConfiguration }) => {
      if (logConfiguration?.logDriver !== "awslogs") return undefined;
      const missing = ["awslogs-group", "awslogs-region"].filter(
        (option) => logConfiguration.options?.[option] === undefined,
      );
      return missing.length > 0 ? `Log driver awslogs requires options: ${missing.join(", ")}` : undefined;
    }),
    source: `${api("LogConfiguration")}, ${deployed("awslogs-missing-group")}`,
  },
  {
    refused: "awsfirelens without a log router",
    error: ERROR,
    message: ({ containerDefinitions = [] }) =>
      containerDefinitions.some(({ logConfiguration }) => logConfiguration?.logDriver === "awsfirelens") &&
      containerDefinitions.every(({ firelensConfiguration }) => firelensConfiguration === undefined)
        ? "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified."
        : undefined,
    source: deployed("awsfirelens-without-router"),
  },
];

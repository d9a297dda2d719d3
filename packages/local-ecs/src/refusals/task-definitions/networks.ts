import type { PortMapping } from "@aws-sdk/client-ecs";
import { firstOf } from "../rule";
import { api, deployed } from "../sources";
import { ofEachContainer, onlyInMode, type DefinitionRule } from "./task-definition";

const ERROR = "ClientException";

export const networkRules: readonly DefinitionRule[] = [
  ...onlyInMode("awsvpc", [
    {
      refused: "awsvpc with another host port than container port",
      error: ERROR,
      message: mismatchIn("awsvpc"),
      source: `${api("PortMapping")}; its text is in many public repositories, word by word`,
    },
    {
      refused: "awsvpc with a hostname",
      error: ERROR,
      message: ofEachContainer(({ hostname = "" }) =>
        hostname === "" ? undefined : "hostname is not supported on container when networkMode=awsvpc.",
      ),
      source: deployed("awsvpc-hostname"),
    },
    {
      refused: "awsvpc with links",
      error: ERROR,
      message: ofEachContainer(({ links = [] }) =>
        links.length > 0 ? "Links are not supported when networkMode=awsvpc." : undefined,
      ),
      source: deployed("fargate-links"),
    },
    {
      refused: "awsvpc with DNS servers",
      error: ERROR,
      message: ofEachContainer(({ dnsServers = [] }) =>
        dnsServers.length > 0
          ? "DNS servers are not supported on container when networkMode=awsvpc."
          : undefined,
      ),
      source: deployed("fargate-dns-servers"),
    },
    {
      refused: "awsvpc with extra hosts",
      error: ERROR,
      message: ofEachContainer(({ extraHosts = [] }) =>
        extraHosts.length > 0
          ? "Extra hosts are not supported on container when networkMode=awsvpc."
          : undefined,
      ),
      source: deployed("awsvpc-extra-hosts"),
    },
    {
      refused: "awsvpc with disableNetworking",
      error: ERROR,
      message: ofEachContainer(({ disableNetworking }) =>
        disableNetworking === true
          ? "Disable Networking is not supported on container when networkMode=awsvpc."
          : undefined,
      ),
      source: deployed("fargate-disable-networking"),
    },
  ]),
  ...onlyInMode("host", [
    {
      refused: "networkMode host with another host port than container port",
      error: ERROR,
      message: mismatchIn("host"),
      source: deployed("host-network-host-port-mismatch"),
    },
  ]),
  ...onlyInMode("none", [
    {
      refused: "networkMode none with port mappings",
      error: ERROR,
      message: ofEachPort(() => "Port mappings are not supported when networkMode=none."),
      source: `${api("RegisterTaskDefinition")}: "you cannot specify port mappings"; the text is by analogy with links`,
    },
  ]),
  {
    refused: "a single port beside a range of ports",
    error: ERROR,
    message: ofEachPort(({ containerPort, hostPort, containerPortRange }) =>
      containerPortRange !== undefined && (containerPort ?? hostPort) !== undefined
        ? "cannot specify both single port and port range"
        : undefined,
    ),
    source: deployed("port-range-with-host-port"),
  },
  {
    refused: "a range of ports that does not rise",
    error: ERROR,
    message: ofEachPort(({ containerPortRange }) => {
      const [first, last] = (containerPortRange ?? "1-2").split("-").map(Number);
      return first !== undefined && last !== undefined && first >= last
        ? "Invalid 'containerPortRange' setting."
        : undefined;
    }),
    source: deployed("port-range-reversed"),
  },
  {
    refused: "ports of one name",
    error: ERROR,
    message({ containerDefinitions = [] }) {
      const names = containerDefinitions
        .flatMap(({ portMappings = [] }) => portMappings)
        .flatMap(({ name }) => name ?? []);
      return new Set(names).size < names.length ? "port mapping name is already used" : undefined;
    },
    source: deployed("port-mapping-duplicate-name"),
  },
  {
    refused: "an App Mesh proxy without awsvpc",
    error: ERROR,
    message: ({ proxyConfiguration, networkMode }) =>
      proxyConfiguration !== undefined && networkMode !== "awsvpc"
        ? "APPMESH proxy configuration is only supported in networkMode=awsvpc."
        : undefined,
    source: deployed("proxy-configuration-awsvpc-required"),
  },
  {
    refused: "an App Mesh proxy in an unknown container",
    error: ERROR,
    message: ({ proxyConfiguration: proxy, containerDefinitions = [] }) =>
      proxy !== undefined && !containerDefinitions.some(({ name }) => name === proxy.containerName)
        ? `Proxy container [${proxy.containerName ?? ""}] does not exist.`
        : undefined,
    source: deployed("proxy-configuration-container-missing"),
  },
];

function ofEachPort(message: (port: PortMapping) => string | undefined): DefinitionRule["message"] {
  return ofEachContainer(({ portMappings }) => firstOf(portMappings, message));
}

/** A host port of 0 is how many tools say that there is none. */
function mismatchIn(networkMode: string): DefinitionRule["message"] {
  return ofEachPort(({ containerPort, hostPort = 0 }) =>
    hostPort !== 0 && hostPort !== containerPort
      ? `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`
      : undefined,
  );
}

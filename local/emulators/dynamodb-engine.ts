import type { EngineName, Options } from "../options.ts";
import { StartFailure } from "../start-failure.ts";
import { findDynamoDbLocal } from "./dynamodb-local.ts";
import { findDynoxide } from "./dynoxide.ts";

/** A way to get a DynamoDB: a process to start, or an address that somebody else runs. */
export type DynamoDbEngine =
  | {
      readonly kind: "process";
      readonly name: string;
      /** What a careful user has to know; printed at the start. */
      readonly warning: string | undefined;
      readonly command: string;
      readonly args: (port: number, dataDirectory: string | undefined) => readonly string[];
      readonly workingDirectory: string | undefined;
    }
  | { readonly kind: "endpoint"; readonly url: string };
/** Either the engine, or why it cannot run here. */
export type EngineSearch = DynamoDbEngine | { readonly kind: "missing"; readonly reason: string };

const finders: Readonly<Record<EngineName, () => EngineSearch>> = {
  dynoxide: findDynoxide,
  "dynamodb-local": findDynamoDbLocal,
};

/** The engine that was asked for, else the first that runs here, else AWS_ENDPOINT_URL_DYNAMODB. */
export function chooseEngine(
  { engine, dataDirectory }: Pick<Options, "engine" | "dataDirectory">,
  endpoint: string | undefined,
  find = finders,
): DynamoDbEngine {
  const searches = (
    engine === undefined ? (["dynoxide", "dynamodb-local"] as const) : [engine]
  ).map((name) => find[name]());
  const found = searches.find((search) => search.kind !== "missing");
  if (found !== undefined) return found;
  if (engine === undefined && endpoint !== undefined) {
    if (dataDirectory === undefined) return { kind: "endpoint", url: endpoint };
    throw new StartFailure(
      "--data has no use with AWS_ENDPOINT_URL_DYNAMODB: that engine keeps its own tables.",
    );
  }
  const reasons = searches.map((search) =>
    search.kind === "missing" ? `  ${search.reason}\n` : "",
  );
  throw new StartFailure(`No DynamoDB runs here:
${reasons.join("")}Ways out:
  install Java 17 or newer (then DynamoDB Local runs), or
  run any DynamoDB emulator yourself and start with AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000`);
}

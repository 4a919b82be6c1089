import { type EngineName, engineNames, type LocalOptions } from "../command/local-options.ts";
import { StartFailure } from "../command/start-failure.ts";
import type { DynamoDbEngine, EngineSearch } from "./dynamodb-engine.ts";
import { findDynamoDbLocal } from "./dynamodb-local.ts";
import { findDynoxide } from "./dynoxide.ts";

const finders: Readonly<Record<EngineName, () => EngineSearch>> = {
  dynoxide: findDynoxide,
  "dynamodb-local": findDynamoDbLocal,
};

/** Chooses the engine that the user asked for, else the first that runs here, else AWS_ENDPOINT_URL_DYNAMODB. Throws StartFailure when there is none. */
export const chooseEngine = (
  { engine, dataDirectory }: Pick<LocalOptions, "engine" | "dataDirectory">,
  endpoint: string | undefined,
  find = finders,
): DynamoDbEngine => {
  const reasons: string[] = [];
  for (const name of engine === undefined ? engineNames : [engine]) {
    const search = find[name]();
    if (search.kind !== "missing") return search;
    reasons.push(`  ${search.reason}\n`);
  }
  if (engine === undefined && endpoint !== undefined && endpoint !== "") {
    if (dataDirectory === undefined) return { kind: "endpoint", url: endpoint };
    throw new StartFailure(
      "--data has no effect with AWS_ENDPOINT_URL_DYNAMODB: that engine stores its own tables.",
    );
  }
  throw new StartFailure(`No DynamoDB emulator runs on this machine:
${reasons.join("")}To fix this:
  install Java 17 or newer (DynamoDB Local needs it), or
  run any DynamoDB emulator yourself and start with AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000`);
};

import * as v from "valibot";
import type { Alert } from "../../domain/alerting/alert.ts";
import {
  bridgeConditions,
  watchBridge,
  watchServer,
} from "../../domain/alerting/watched-condition.ts";
import { isInventing, namesCondition } from "../../domain/alerting/watched-names.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

const BridgeSubjectSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.tuple([
    v.literal("bridge"),
    v.string(),
    v.string(),
    v.picklist([...bridgeConditions, namesCondition]),
  ]),
);

/**
 * Builds the check whether the condition of an alert about a server or a bridge is still ongoing. It ignores other
 * alerts.
 */
export const createIsConditionOngoing = (
  ports: Pick<
    EvaluatePorts,
    "readConnection" | "readConnectionsOfServer" | "readAllConnections" | "rules" | "now"
  >,
) => {
  const { readConnection, readConnectionsOfServer, readAllConnections, rules, now } = ports;

  const isBridgeWrong = async (subject: string): Promise<boolean> => {
    const [, server, application, name] = v.parse(BridgeSubjectSchema, subject);
    if (name === namesCondition) return isInventing(await readAllConnections(), application, rules);
    const connection = await readConnection({ server, application });
    if (connection === undefined) return false;
    return watchBridge(connection, rules, now())[name].condition !== undefined;
  };

  return async ({ kind, server, subject }: Alert): Promise<boolean> => {
    switch (kind) {
      case "dn":
        return false;
      case "server": {
        const connections = await readConnectionsOfServer(server);
        return watchServer(server, connections, rules, now()).condition !== undefined;
      }
      case "bridge":
        return isBridgeWrong(subject);
    }
  };
};

import { isComparisonDue } from "../../domain/connection/comparison-due.ts";
import type { Connection } from "../../domain/connection/connection.ts";
import type { ChangeConnection } from "../change-connection.ts";
import { createCountRegistered } from "./count-registered.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

/**
 * Builds the comparison of the number of DNs that a bridge reports with the number counted here, where it is due. It
 * records in the connection since when the numbers have differed, and returns the connection as it is then.
 */
export const createCompareRegistered = (
  ports: Pick<EvaluatePorts, "readList" | "readStatuses" | "rules" | "now">,
  changeConnection: ChangeConnection,
) => {
  const { rules, now } = ports;
  const countRegistered = createCountRegistered(ports);

  return async (connection: Connection): Promise<Connection> => {
    const { registered } = connection;
    if (registered === undefined || !isComparisonDue(connection, rules, now())) return connection;
    const count = await countRegistered(connection, registered.count);
    const at = now();
    const compared = await changeConnection(connection, (current) => ({
      ...current,
      counted: { count, at },
      mismatchSince:
        current.registered?.count === count ? undefined : (current.mismatchSince ?? at),
    }));
    return compared ?? connection;
  };
};

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { fromStatusItem } from "../../lambda/adapters/status-item.ts";
import type { RegistrationStatus } from "../../lambda/domain/status/registration-status.ts";
import { formatTime } from "../../lambda/domain/time.ts";
import { scanTable, type TableScan } from "../tables/scan-table.ts";

/** Whose changes, and when: times by our clock in microseconds, both inclusive. */
export type ChangesWanted = {
  readonly server: string;
  readonly from: number;
  readonly to: number;
};

/**
 * The statuses of a server whose newest published change lies in a time, in the order of these changes. It reads the whole
 * table: the lists do not have every retired registration, and what was written a moment ago may be missing.
 */
export const findChanges = async (
  client: DynamoDBClient,
  scan: TableScan,
  { server, from, to }: ChangesWanted,
): Promise<RegistrationStatus[]> => {
  const found: RegistrationStatus[] = [];
  const wanted = {
    FilterExpression: "#server = :server AND changedKey BETWEEN :from AND :to",
    ExpressionAttributeNames: { "#server": "server" },
    ExpressionAttributeValues: {
      ":server": { S: server },
      ":from": { S: formatTime(from) },
      // A time is followed by #, which sorts before this.
      ":to": { S: `${formatTime(to)}~` },
    },
  };
  await scanTable(client, { ...scan, ...wanted }, async (items) => {
    found.push(...items.map(fromStatusItem));
  });
  return found.sort((a, b) => a.changedAt - b.changedAt);
};

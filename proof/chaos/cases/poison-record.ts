import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { createLocalClients } from "../../../local/emulators/local-clients.ts";
import type { ChaosCase } from "./chaos-case.ts";

/** A record in the stream that the adapter did not write. */
export const poisonRecord: ChaosCase = {
  name: "poison-record",
  expected:
    "it is kept as a failed change (alarm failed-changes-waiting); everything else is published",
  mood: "calm",
  leftovers: { failedChanges: 1 },
  play: async ({ lives, deliveries, send }) => {
    const middle = Math.ceil(deliveries.length / 2);
    const { endpoints, region, tables } = lives.current().description;
    await send(deliveries.slice(0, middle));
    const { dynamodb } = createLocalClients(endpoints, region);
    const Item = {
      ThisDN: { S: "poison" },
      server: { S: "SIPTS750" },
      changed: { BOOL: true },
      applications: { S: "none" },
    };
    await dynamodb.send(new PutItemCommand({ TableName: tables.status, Item }));
    await send(deliveries.slice(middle));
    return [];
  },
};

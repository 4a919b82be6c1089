import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import type { BenchSystem } from "./bench-system.ts";

/** Takes the stream off the status table: what its records cost the emulator would be measured too. */
export const turnOffStream = async ({ clients, statusTable }: BenchSystem): Promise<void> => {
  const StreamSpecification = { StreamEnabled: false };
  await clients.dynamodb.send(
    new UpdateTableCommand({ TableName: statusTable, StreamSpecification }),
  );
};

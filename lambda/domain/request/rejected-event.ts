import type { Problem } from "../problem.ts";

/** An event that ingest rejected, as it arrived, with what an operator needs to see why and to send it again. */
export type RejectedEvent = {
  receivedAt: string;
  application: string;
  keyId: string;
  requestId: string;
  serverName?: string | undefined;
  pointer: string;
  event: string;
  problems: Problem[];
};

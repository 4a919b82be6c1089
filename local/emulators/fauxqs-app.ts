import { buildApp } from "fauxqs";
import { pickDefaultMessages } from "./message-structure.ts";
import { limitSns } from "./sns-limits.ts";
import { limitSqs } from "./sqs-limits.ts";
import { keepTraceHeaders } from "./trace-headers.ts";

/** The HTTP server of SNS, SQS and S3. */
export type FauxqsApp = ReturnType<typeof buildApp>;

/**
 * Builds the server of SNS, SQS and S3, in memory, with what fauxqs lacks of AWS: limits and trace headers. Listen
 * with it without `host`: queue URLs then have the address that the client used.
 */
export const buildFauxqsApp = (): { readonly app: FauxqsApp } => {
  const app = buildApp({ logger: false });
  limitSqs(app);
  limitSns(app);
  pickDefaultMessages(app);
  keepTraceHeaders(app);
  // Fastify's server is a thenable, which an async caller would wait for.
  return { app };
};

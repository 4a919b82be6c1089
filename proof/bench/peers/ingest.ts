import { Logger } from "@aws-lambda-powertools/logger";
import middy from "@middy/core";
import httpErrorHandler from "@middy/http-error-handler";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { BodySchema } from "./event-schema.ts";
import { HttpError } from "./http-error.ts";
import { idempotency, recordEvent } from "./record-event.ts";
import { verifyPeerSignature } from "./verify-signature.ts";

const logger = new Logger();

const ingest = async ({ body }: APIGatewayProxyEventV2, context: Context) => {
  logger.addContext(context);
  idempotency.registerLambdaContext(context);
  const read = BodySchema.safeParse(body);
  if (!read.success) throw new HttpError(422, read.error.message);
  const events = Array.isArray(read.data) ? read.data : [read.data];
  const results = await Promise.all(events.map((event) => recordEvent({ event })));
  logger.info("events taken", { count: results.length });
  return { statusCode: 200, body: JSON.stringify({ results }) };
};

/** `POST /v1/events` as the documentation of its parts shows it: what our ingest is compared with. */
export const handler = middy<APIGatewayProxyEventV2>()
  .use(httpErrorHandler({ logger: (error) => logger.error("request failed", { error }) }))
  .use(verifyPeerSignature())
  .use(httpJsonBodyParser())
  .handler(ingest);

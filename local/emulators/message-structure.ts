import * as v from "valibot";
import type { FauxqsApp } from "./fauxqs-app.ts";

const FormSchema = v.record(v.string(), v.string());
const structureKey = /^(PublishBatchRequestEntries\.member\.\d+\.)?MessageStructure$/;
const BodySchema = v.pipe(v.string(), v.parseJson(), v.object({ default: v.string() }));

/**
 * Makes SNS know MessageStructure, which fauxqs passes over: of a body for each protocol, queues get the default. One
 * without a default is left as it is.
 */
export const pickDefaultMessages = (app: FauxqsApp): void => {
  app.addHook("preHandler", async ({ body }) => {
    if (typeof body !== "object" || body === null) return;
    const form = v.safeParse(FormSchema, body);
    if (!form.success) return;
    for (const [key, value] of Object.entries(form.output)) {
      const prefix = structureKey.exec(key);
      if (prefix === null || value !== "json") continue;
      const name = `${prefix[1] ?? ""}Message`;
      const message = v.safeParse(BodySchema, form.output[name]);
      if (message.success) Object.assign(body, { [name]: message.output.default });
    }
  });
};

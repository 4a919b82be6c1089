import * as v from "valibot";

/** The HTTP response that the client gets. */
export type GatewayResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | string;
};
const HeaderSchema = v.union([v.string(), v.number(), v.boolean()]);
const StructuredSchema = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  headers: v.nullish(v.record(v.string(), HeaderSchema)),
  cookies: v.nullish(v.array(v.string())),
  body: v.nullish(v.string()),
  isBase64Encoded: v.nullish(v.boolean()),
});
const HasStatusSchema = v.object({ statusCode: v.unknown() });

/** A response of API Gateway itself. */
export const gatewayMessage = (
  status: number,
  message: string,
  more: Readonly<Record<string, string>> = {},
): GatewayResponse => {
  const headers = { "content-type": "application/json", ...more };
  return { status, headers, body: JSON.stringify({ message }) };
};

const lowercase = (headers: Readonly<Record<string, string | number | boolean>>) => {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
};

/** Reads a function's JSON as payload format 2.0 does: a response with a statusCode, else a 200 with the value as JSON. */
export const toGatewayResponse = (payload: string): GatewayResponse => {
  const value: unknown = JSON.parse(payload);
  if (!v.is(HasStatusSchema, value)) {
    const body = typeof value === "string" ? value : payload;
    return { status: 200, headers: { "content-type": "application/json" }, body };
  }
  const result = v.safeParse(StructuredSchema, value);
  if (!result.success) return gatewayMessage(500, "Internal Server Error");
  const { statusCode, headers, cookies, body, isBase64Encoded } = result.output;
  const text = body ?? "";
  return {
    status: statusCode,
    headers: {
      ...(text === "" ? {} : { "content-type": "text/plain;charset=UTF-8" }),
      ...lowercase(headers ?? {}),
      ...(cookies == null ? {} : { "set-cookie": cookies }),
    },
    body: isBase64Encoded === true ? Buffer.from(text, "base64") : text,
  };
};

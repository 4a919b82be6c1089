import type { Response } from "../../lambda/handlers/response.ts";

/** An answer with its body parsed; undefined where it has none. */
export type Answer = {
  status: number | undefined;
  headers: Readonly<Record<string, boolean | number | string>>;
  text: string;
  body: unknown;
};

/** Reads what a handler answered. */
export const toAnswer = ({ statusCode, headers = {}, body = "" }: Response): Answer => ({
  status: statusCode,
  headers,
  text: body,
  body: body === "" ? undefined : JSON.parse(body),
});

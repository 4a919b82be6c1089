import { problem, type Response } from "./response.ts";

/** The answer when nothing is known of what the request names. */
export const notFound = (requestId: string, detail: string): Response =>
  problem(404, { code: "unknown", title: "Not found", detail, requestId });

import { formatTime } from "../domain/time.ts";
import type { TooCostly } from "../use-cases/query/read-dns-page.ts";
import { problem, type Response } from "./response.ts";

/** The answer where a DN has too many events for an exact look back. It names the DN by its place in the request. */
export const tooCostly = (
  requestId: string,
  given: readonly string[],
  { thisDN, from }: TooCostly["tooCostly"],
): Response => {
  const place = given.length === 1 ? "thisDN" : `thisDN number ${given.indexOf(thisDN) + 1}`;
  const fewer = new Set(given).size > 1 ? ", for fewer DNs," : "";
  const detail =
    `${place} has too many events before the time in at for an exact answer: ask for a time ` +
    `from ${formatTime(from)} on${fewer} or page through GET /v1/history`;
  return problem(400, { code: "at-too-costly", title: "Too many events", detail, requestId });
};

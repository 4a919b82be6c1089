import * as v from "valibot";
import { expect } from "vitest";
import type { Answer } from "./answer.ts";
import type { ReaderOptions } from "./api-event.ts";
import { serviceLimits } from "./service-limits.ts";

type Ask = (routeKey: string, options: ReaderOptions) => Promise<Answer>;

const PageSchema = v.object({ data: v.array(v.unknown()), nextCursor: v.nullable(v.string()) });

/** Reads a list to its end by its cursors: the content of each page. */
export const walkPages = async (
  ask: Ask,
  routeKey: string,
  query: string,
): Promise<unknown[][]> => {
  const pages: unknown[][] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const answer = await ask(routeKey, { query: `${query}${cursor && `&cursor=${cursor}`}` });
    const { data, nextCursor }: v.InferOutput<typeof PageSchema> = v.parse(PageSchema, answer.body);
    pages.push(data);
    cursor = nextCursor;
  }
  return pages;
};

/** Asks, and expects of each answer that neither Lambda's 6 MB nor the 4 MB that we promise are exceeded. */
export const askWithinLimits =
  (ask: Ask): Ask =>
  async (routeKey, options) => {
    const answer = await ask(routeKey, options);
    expect(answer.status).toBe(200);
    expect(Buffer.byteLength(answer.text)).toBeLessThanOrEqual(4_000_000);
    const { headers, text: body } = answer;
    const payload = JSON.stringify({ statusCode: 200, headers, body });
    expect(Buffer.byteLength(payload)).toBeLessThanOrEqual(serviceLimits.answer);
    return answer;
  };

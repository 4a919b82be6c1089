import * as v from "valibot";
import type { Answer } from "./answer.ts";
import type { ReaderOptions } from "./api-event.ts";

const PageSchema = v.object({ data: v.array(v.unknown()), nextCursor: v.nullable(v.string()) });

/** Reads a list to its end by its cursors: the content of each page. */
export const walkPages = async (
  ask: (routeKey: string, options: ReaderOptions) => Promise<Answer>,
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

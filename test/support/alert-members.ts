import * as v from "valibot";
import type { LocalStack } from "./local-stack.ts";

const LineSchema = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ data: v.object({ alertId: v.string() }) }),
);
const PageSchema = v.object({
  data: v.object({ members: v.array(v.object({ thisDN: v.string() })) }),
  nextCursor: v.nullable(v.string()),
});

/** The DNs of the alert that a line of the alerts file is about, read from the API page by page. */
export const readMembers = async (
  { url, description }: LocalStack,
  line: string,
  { limit }: { readonly limit: number },
): Promise<string[]> => {
  const { alertId } = v.parse(LineSchema, line).data;
  const headers = { authorization: `Bearer ${description.readerToken}` };
  const members: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const from: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/v1/alerts/${alertId}?limit=${limit}${from}`, { headers });
    const page = v.parse(PageSchema, await response.json());
    members.push(...page.data.members.map(({ thisDN }) => thisDN));
    cursor = page.nextCursor;
  }
  return members;
};

import * as v from "valibot";
import { type ApiAccess, callApi } from "./call-api.ts";

/** A list of the API: its path, its filters, and how many entries to ask for at once, where it takes that. */
export type ApiList = {
  readonly path: string;
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly limit?: number | undefined;
};

const addressOf = ({ path, filters, limit }: ApiList, cursor: string | null): string => {
  const given = Object.entries({ ...filters, limit, cursor: cursor ?? undefined });
  const parameters = given.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${path}?${parameters.join("&")}`;
};

/** The entries of a list, page after page to its end. Throws as `callApi` does. */
export const readPages = async function* <T>(
  access: ApiAccess,
  list: ApiList,
  entry: v.GenericSchema<unknown, T>,
): AsyncGenerator<T, void> {
  const schema = v.object({ data: v.array(entry), nextCursor: v.nullable(v.string()) });
  let cursor: string | null = null;
  do {
    const path = addressOf(list, cursor);
    const page: v.InferOutput<typeof schema> = await callApi(
      access,
      { method: "GET", path },
      schema,
    );
    // A page may be empty, and not the last.
    yield* page.data;
    cursor = page.nextCursor;
  } while (cursor !== null);
};

/** The first entries of a list, at most `most` of them. */
export const readFirst = async <T>(
  entries: AsyncGenerator<T, void>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> => {
  const read: T[] = [];
  for await (const entry of entries) {
    read.push(entry);
    if (read.length >= most) break;
  }
  return read;
};

import type { ReadHeld } from "../ports/losses.ts";

const pageSize = 1000;

/** Finds the servers that have held losses, eventually consistent. */
export const findServersWithHeld = async (readHeld: ReadHeld): Promise<Set<string>> => {
  const servers = new Set<string>();
  let from: string | undefined;
  do {
    const { items, next } = await readHeld({ server: undefined, limit: pageSize, from });
    for (const { server } of items) servers.add(server);
    from = next;
  } while (from !== undefined);
  return servers;
};

import type { DatabaseSync } from "node:sqlite";
import * as v from "valibot";

const StateSchema = v.object({
  /** JSON text of the newest session that the file gives. */
  session: v.optional(v.string()),
  /** Its writer said that it stops, and nothing since. */
  isClosed: v.optional(v.boolean(), false),
  /** Its writer sends heartbeats of its own. */
  isSpeaking: v.optional(v.boolean(), false),
  /** The adapter has been given a reason to expect requests: their absence is an alert. */
  isWatched: v.optional(v.boolean(), false),
});

/** What is known of a T-Server from a followed file, as far as the adapter has taken it. */
export type FollowedServer = Readonly<v.InferOutput<typeof StateSchema>>;

/** A T-Server's name, "" for the one that the key is bound to, with what is known of it. */
export type NamedServer = readonly [name: string, server: FollowedServer];

const RowSchema = v.object({
  name: v.string(),
  state: v.pipe(v.string(), v.parseJson(), StateSchema),
});

/** What the spool keeps of the T-Servers of followed files, so that a restart goes on as before. */
export const createFollowedServers = (database: DatabaseSync) => {
  const all = database.prepare("SELECT name, state FROM servers WHERE file = ? ORDER BY name");
  const write = database.prepare(
    "INSERT OR REPLACE INTO servers (file, name, state) VALUES (?, ?, ?)",
  );
  return {
    read: (file: string): NamedServer[] =>
      all.all(file).map((row) => {
        const { name, state } = v.parse(RowSchema, row);
        return [name, state];
      }),
    write: (file: string, servers: readonly NamedServer[]): void => {
      for (const [name, state] of servers) write.run(file, name, JSON.stringify(state));
    },
  };
};

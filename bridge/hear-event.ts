import { readTime } from "../lambda/domain/time.ts";
import type { SourceEvent } from "./source-event.ts";
import type { FollowedServer } from "./spool/followed-servers.ts";

const unknown: FollowedServer = { isClosed: false, isSpeaking: false, isWatched: false };

const startOf = (session: string | undefined): number => {
  const parsed: unknown = session === undefined ? undefined : JSON.parse(session);
  const startedAt =
    parsed instanceof Object && "startedAt" in parsed ? parsed.startedAt : undefined;
  return readTime(startedAt) ?? 0;
};

/** The newer of two sessions, by their start; an outbox may bring the older one late. */
const newer = (before: string | undefined, session: string | undefined): string | undefined =>
  session !== undefined && startOf(session) >= startOf(before) ? session : before;

/** Whether an event makes the adapter expect more of them: then their absence is an alert. */
const makesWatched = ({ form, session, registered }: SourceEvent): boolean =>
  form === "heartbeat" || session !== undefined || registered !== undefined;

/**
 * What is known of a T-Server after an event of a followed file. A heartbeat in the file that does not begin a session is
 * its writer's own: from then on the writer's silence must be noticed, and the bridge must not speak for it.
 */
export const hearEvent = (before: FollowedServer = unknown, event: SourceEvent): FollowedServer => {
  const session = newer(before.session, event.session);
  const isNew = session !== before.session;
  const isOver = event.session !== undefined && event.session !== session;
  const isBeat = event.form === "heartbeat" && event.closing === undefined;
  return {
    ...(session !== undefined && { session }),
    isClosed: event.closing === "true" && !isOver,
    isSpeaking: !isNew && (before.isSpeaking || (isBeat && before !== unknown)),
    isWatched: before.isWatched || makesWatched(event),
  };
};

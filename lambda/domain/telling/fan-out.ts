import type { Publication, Publish, Topic } from "../ports.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import { toAlertMessage } from "./alert-message.ts";
import { toChangeMessage } from "./change-message.ts";
import type { Message } from "./cloud-event.ts";

/** One write of a status, by its two images. */
export type StatusWrite = { before: RegistrationStatus | undefined; after: RegistrationStatus };

/** What became of one write: told to all, refused for good by a topic, or to be told again. */
export type Telling =
  | { kind: "told"; alert: string | undefined }
  | { kind: "refused"; detail: string }
  | { kind: "failed" };

const toTelling = (publications: readonly Publication[], alert: Message | undefined): Telling => {
  if (publications.some(({ kind }) => kind === "failed")) return { kind: "failed" };
  const refused = publications.find((publication) => publication.kind === "refused");
  return refused ?? { kind: "told", alert: alert?.event.type };
};

/** Tells the topics of up to ten writes, in their order: every change, and the alerts that they open, update or resolve. */
export const createTellWrites = (dependencies: {
  publish: Publish;
  runbookUrl: string | undefined;
}) => {
  const { publish, runbookUrl } = dependencies;

  // Answers for each write, also for those that have no message for this topic.
  const publishSome = async (
    topic: Topic,
    messages: readonly (Message | undefined)[],
  ): Promise<Publication[]> => {
    const present = messages.filter((message) => message !== undefined);
    const publications = (present.length === 0 ? [] : await publish(topic, present)).values();
    return messages.map(
      (message): Publication =>
        message === undefined
          ? { kind: "published" }
          : (publications.next().value ?? { kind: "failed" }),
    );
  };

  return async (writes: readonly StatusWrite[]): Promise<Telling[]> => {
    const changes = writes.map(({ before, after }) => toChangeMessage(before, after));
    const alerts = writes.map(({ before, after }) => toAlertMessage(before, after, runbookUrl));
    const [changed, alerted] = await Promise.all([
      publishSome("changes", changes),
      publishSome("alerts", alerts),
    ]);
    return writes.map((_, index) =>
      toTelling(
        [changed[index], alerted[index]].filter((publication) => publication !== undefined),
        alerts[index],
      ),
    );
  };
};

/** Tells the topics of writes (see `createTellWrites`). */
export type TellWrites = ReturnType<typeof createTellWrites>;

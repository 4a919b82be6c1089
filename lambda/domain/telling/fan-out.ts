import type { Publication, Publish, Topic } from "../ports.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import { toAlertMessage } from "./alert-message.ts";
import { toChangeMessage } from "./change-message.ts";
import type { Message } from "./cloud-event.ts";

/** One write of a status, by its two images. */
export type StatusWrite = { before: RegistrationStatus | undefined; after: RegistrationStatus };

/** What a write is told with: the change, and the alert that it opens, updates or resolves. */
export type Messages = { change: Message; alert: Message | undefined };

/** Makes the messages of a write; the runbook's address ends up in the alert. */
export const toMessages = (
  { before, after }: StatusWrite,
  runbookUrl: string | undefined,
): Messages => ({
  change: toChangeMessage(before, after),
  alert: toAlertMessage(before, after, runbookUrl),
});

/** What became of one write: told to all, refused for good by a topic, or to be told again. */
export type Telling =
  | { kind: "told"; alert: string | undefined }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

const unanswered: Publication = { kind: "failed", detail: "SNS left the message unanswered" };

const toTelling = (publications: readonly Publication[], { alert }: Messages): Telling => {
  const failed = publications.find((publication) => publication.kind === "failed");
  const refused = publications.find((publication) => publication.kind === "refused");
  return failed ?? refused ?? { kind: "told", alert: alert?.event.type };
};

/** Tells the topics of up to ten writes, in their order. */
export const createTell = (publish: Publish) => {
  // Answers for each write, also for those that have no message for this topic.
  const publishSome = async (
    topic: Topic,
    messages: readonly (Message | undefined)[],
  ): Promise<Publication[]> => {
    const present = messages.filter((message) => message !== undefined);
    const publications = (present.length === 0 ? [] : await publish(topic, present)).values();
    return messages.map(
      (message): Publication =>
        message === undefined ? { kind: "published" } : (publications.next().value ?? unanswered),
    );
  };

  return async (all: readonly Messages[]): Promise<Telling[]> => {
    const [changed, alerted] = await Promise.all([
      publishSome(
        "changes",
        all.map(({ change }) => change),
      ),
      publishSome(
        "alerts",
        all.map(({ alert }) => alert),
      ),
    ]);
    return all.map((messages, index) =>
      toTelling(
        [changed[index], alerted[index]].filter((publication) => publication !== undefined),
        messages,
      ),
    );
  };
};

/** Tells the topics of writes (see `createTell`). */
export type Tell = ReturnType<typeof createTell>;

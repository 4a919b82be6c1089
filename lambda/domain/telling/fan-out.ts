import type { RequestEvaluation } from "../alerting/alert-ports.ts";
import type { AlertRules } from "../alerting/rules.ts";
import type { Publication, Publish, Topic } from "../ports.ts";
import { type NoticedAlert, toAlertMessage } from "./alert-message.ts";
import { toChangeMessage } from "./change-message.ts";
import type { Message } from "./cloud-event.ts";
import {
  evaluationsOf,
  type LossRequest,
  packRequests,
  type StatusWrite,
} from "./evaluation-requests.ts";

/** One write that must be told: of a status, or of an alert. */
export type Write = ({ kind: "status" } & StatusWrite) | { kind: "alert"; alert: NoticedAlert };

/** What a write is told with: a message for a topic, and what the evaluator is asked to look at. */
export type News = { topic: Topic; message: Message; requests: readonly LossRequest[] };

/** What telling needs to know; the runbook's address ends up in every alert. */
export type TellingRules = {
  rules: Pick<AlertRules, "holdDownSeconds" | "holdDowns">;
  runbookUrl: string | undefined;
};

/** Puts a write in words. */
export const toNews = (write: Write, { rules, runbookUrl }: TellingRules): News => {
  switch (write.kind) {
    case "status":
      return {
        topic: "changes",
        message: toChangeMessage(write.before, write.after),
        requests: evaluationsOf(write, rules),
      };
    case "alert":
      return { topic: "alerts", message: toAlertMessage(write.alert, runbookUrl), requests: [] };
  }
};

/** What became of one write: told, refused for good by its topic, or to be told again. */
export type Telling =
  | { kind: "told"; topic: Topic }
  | { kind: "refused"; detail: string }
  | { kind: "failed"; detail: string };

const unanswered: Publication = { kind: "failed", detail: "SNS left the message unanswered" };

const toTelling = (topic: Topic, publication: Publication = unanswered): Telling =>
  publication.kind === "published" ? { kind: "told", topic } : publication;

/**
 * Tells the topics of up to ten writes, and the evaluator of the losses among them, in their order. Throws when the evaluator's
 * queue did not take all: then all may be told again.
 */
export const createTell = (publish: Publish, requestEvaluation: RequestEvaluation) => {
  const publishSome = async (topic: Topic, all: readonly News[]): Promise<Publication[]> => {
    const messages = all.filter((news) => news.topic === topic).map(({ message }) => message);
    return messages.length === 0 ? [] : await publish(topic, messages);
  };
  const requestSome = async (all: readonly News[]): Promise<void> => {
    const packed = packRequests(all.flatMap(({ requests }) => requests));
    if (packed.length > 0) await requestEvaluation(packed);
  };

  return async (all: readonly News[]): Promise<Telling[]> => {
    const [changes, alerts] = await Promise.all([
      publishSome("changes", all),
      publishSome("alerts", all),
      requestSome(all),
    ]);
    const answers = { changes: changes.values(), alerts: alerts.values() };
    return all.map(({ topic }) => toTelling(topic, answers[topic].next().value));
  };
};

/** Tells the topics and the evaluator of writes (see `createTell`). */
export type Tell = ReturnType<typeof createTell>;

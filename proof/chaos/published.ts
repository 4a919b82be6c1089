import type { ServiceAnswer, ServiceCall } from "./service-call.ts";

/** A message that a topic took. */
export type Published = {
  readonly topicArn: string;
  readonly message: string;
};

/** What SNS took of a call, going by its answer: nothing of another call. */
export const publishedBy = (
  { operation, body }: ServiceCall,
  answer: ServiceAnswer["body"],
): Published[] => {
  if (operation !== "PublishBatch") return [];
  const form = new URLSearchParams(body.toString());
  const [, successful = ""] = /<Successful>(.*)<\/Successful>/s.exec(answer.toString()) ?? [];
  const taken = new Set([...successful.matchAll(/<Id>([^<]*)<\/Id>/g)].map(([, id]) => id));
  return [...form].flatMap(([name, id]) => {
    const prefix = /^(PublishBatchRequestEntries\.member\.\d+\.)Id$/.exec(name)?.[1];
    if (prefix === undefined || !taken.has(id)) return [];
    return [{ topicArn: form.get("TopicArn") ?? "", message: form.get(`${prefix}Message`) ?? "" }];
  });
};

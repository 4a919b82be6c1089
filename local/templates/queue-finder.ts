import type { ResolvedTemplates } from "./resolved-templates.ts";

/** Finds the URL of a queue by its ARN; undefined when the queue is not in the templates. */
export type FindQueue = (arn: string) => string | undefined;

/** Makes the function that finds the templates' queues. */
export const createQueueFinder = (templates: ResolvedTemplates): FindQueue => {
  const urls = templates.ofType("AWS::SQS::Queue").map(({ ref }) => ref);
  return (arn) => {
    const name = /^arn:aws:sqs:[^:]*:[^:]*:([^:]+)$/.exec(arn)?.[1];
    return name === undefined ? undefined : urls.find((url) => url.endsWith(`/${name}`));
  };
};

import type { ResolvedTemplates } from "./resolved-templates.ts";

/** Finds the URL of a queue by its ARN; undefined where it is none of the templates' queues. */
export type FindQueue = (arn: string) => string | undefined;

/** Makes the search in the templates' queues. */
export const createQueueFinder = (templates: ResolvedTemplates): FindQueue => {
  const urls = templates.ofType("AWS::SQS::Queue").map(({ ref }) => ref);
  return (arn) => {
    const name = /^arn:aws:sqs:[^:]*:[^:]*:([^:]+)$/.exec(arn)?.[1];
    return name === undefined ? undefined : urls.find((url) => url.endsWith(`/${name}`));
  };
};

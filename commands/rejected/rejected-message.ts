import * as v from "valibot";
import { describeEvent } from "../../bridge/describe-event.ts";
import { problemLine } from "../../bridge/outcome-lines.ts";
import { printable } from "../../bridge/terminal/printable.ts";

const RejectedSchema = v.object({
  receivedAt: v.string(),
  application: v.string(),
  keyId: v.string(),
  serverName: v.optional(v.string()),
  pointer: v.optional(v.string(), ""),
  event: v.string(),
  truncated: v.optional(v.boolean(), false),
  problems: v.array(v.object({ pointer: v.string(), code: v.string(), detail: v.string() })),
});

/** An event that ingest refused, with its text as it came and what is wrong with it. */
export type RejectedMessage = v.InferOutput<typeof RejectedSchema>;

/** The rejected event in a message's body, or undefined where the body is something else. */
export const readRejected = (body: string): RejectedMessage | undefined => {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), RejectedSchema), body);
  return parsed.success ? parsed.output : undefined;
};

type RejectedProblem = RejectedMessage["problems"][number];

/** Where in its event a problem is, as a JSON Pointer; one beside the event (`/serverName`) as it is. */
export const placeOf = ({ pointer: at }: RejectedMessage, { pointer }: RejectedProblem): string =>
  pointer.startsWith(`${at}/`) || pointer === at ? pointer.slice(at.length) : pointer;

/** The id that people type: the first part of the message's, which distinguishes messages well enough. */
export const shortId = (messageId: string): string => messageId.slice(0, 8);

/** The lines for one rejected event: id, when, whose, what, then the problems. */
export const rejectedLines = (messageId: string, body: string): string[] => {
  const rejected = readRejected(body);
  if (rejected === undefined) return [`${shortId(messageId)}  a message that cannot be read`];
  const { receivedAt, application, event, serverName, problems } = rejected;
  const what = describeEvent(event, serverName);
  return [
    printable(`${shortId(messageId)}  ${receivedAt}  ${application}  ${what}`),
    ...problems.map((problem) => `          ${problemLine(problem)}`),
  ];
};

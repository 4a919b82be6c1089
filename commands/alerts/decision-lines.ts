import * as v from "valibot";
import { printable } from "../../bridge/terminal/printable.ts";
import { joinNames } from "../../lambda/domain/bounds.ts";
import { readableTime } from "../shell/readable-time.ts";

/** What the command reads of a decision; the rest is kept, for those who want JSON. */
export const ListedDecisionSchema = v.looseObject({
  server: v.string(),
  state: v.string(),
  lostAt: v.string(),
  learntAt: v.string(),
  decidedAt: v.optional(v.string()),
  severity: v.string(),
  applications: v.array(v.string()),
  applicationsCount: v.optional(v.number()),
  alertId: v.optional(v.string()),
  heldBy: v.optional(v.string()),
  endedAt: v.optional(v.string()),
  endedBy: v.optional(v.string()),
  why: v.array(v.object({ at: v.string(), words: v.string() })),
});
type ListedDecision = v.InferOutput<typeof ListedDecisionSchema>;

const holderText = (heldBy: string): string => {
  const [, kind, name = ""] = /^(window|bridge)\/(.*)$/s.exec(heldBy) ?? [];
  if (kind === "window") return `maintenance window ${name}`;
  if (kind === "bridge") return `the alert about bridge ${name}`;
  return heldBy === "server" ? "the alert about its link or T-Server" : heldBy;
};

const endText = ({ endedAt, endedBy }: ListedDecision): string => {
  if (endedAt === undefined) return "still missing";
  return `over since ${readableTime(endedAt)}${endedBy === undefined ? "" : ` (${endedBy})`}`;
};

/** What was decided, in words. */
const stateText = (decision: ListedDecision): string => {
  const { state, alertId = "", heldBy = "" } = decision;
  switch (state) {
    case "alerted":
      return `alerted: part of ${alertId}, ${endText(decision)}`;
    case "passed":
      return `passed: no alert, it was over within its hold-down; ${endText(decision)}`;
    case "held":
      return `held: no alert yet, it waits for the end of ${holderText(heldBy)}`;
    case "ended":
      return `ended: no alert, it was over while it waited for ${holderText(heldBy)}; ${endText(decision)}`;
    case "waiting":
      return "waiting: nothing is decided yet, its hold-down is not over or its alert not written";
    default:
      return state;
  }
};

/** The lines for one loss of a DN: when and by whom it was lost, what was decided, and why. */
export const decisionLines = (decision: ListedDecision): string[] => {
  const { server, lostAt, learntAt, decidedAt, severity, applications, why } = decision;
  const names = joinNames(applications, applications.length, decision.applicationsCount);
  const decided = decidedAt === undefined ? "" : `, decided ${readableTime(decidedAt)}`;
  return [
    `${readableTime(lostAt)}  lost by ${names} on ${server} (${severity})`,
    `  ${stateText(decision)}`,
    `  learnt ${readableTime(learntAt)}${decided}`,
    "  why:",
    ...why.map(({ at, words }) => `    ${readableTime(at)}  ${words}`),
  ].map(printable);
};

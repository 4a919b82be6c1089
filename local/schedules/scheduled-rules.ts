import * as v from "valibot";
import type { ResolvedResource, ResolvedTemplates } from "../templates/resolved-templates.ts";
import { unreadProperties } from "../templates/unread-properties.ts";
import type { ScheduleLocation, SchedulePlan, SchedulePlans } from "./schedule-plan.ts";
import { ruleEvent } from "./scheduled-payload.ts";

const TargetSchema = v.object({
  Arn: v.string(),
  Input: v.optional(v.string()),
  SqsParameters: v.optional(v.object({ MessageGroupId: v.optional(v.string()) })),
});
const RuleSchema = v.object({
  State: v.optional(v.string(), "ENABLED"),
  ScheduleExpression: v.optional(v.string()),
  Targets: v.optional(v.array(v.unknown()), []),
});
const known = [...Object.keys(RuleSchema.entries), "Name", "Description", "RoleArn", "Tags"];
// Deliveries to an emulator do not fail: an error of the function is left to Lambda's retries.
const knownOfTarget = [
  ...Object.keys(TargetSchema.entries),
  "Id",
  "RoleArn",
  "RetryPolicy",
  "DeadLetterConfig",
];

const planOf = (
  { logicalId, ref }: ResolvedResource,
  { State, ScheduleExpression = "" }: v.InferOutput<typeof RuleSchema>,
  { Arn, Input, SqsParameters }: v.InferOutput<typeof TargetSchema>,
  { region, account }: ScheduleLocation,
): SchedulePlan => ({
  logicalId,
  isEnabled: State !== "DISABLED",
  expression: ScheduleExpression,
  timezone: "UTC",
  start: undefined,
  end: undefined,
  arn: `arn:aws:events:${region}:${account}:rule/${ref}`,
  target: Arn,
  messageGroupId: SqsParameters?.MessageGroupId,
  payload: (occasion) => Input ?? ruleEvent(occasion),
});

/** Reads the EventBridge rules that have a schedule. A target whose input is derived from the event is not run. */
export const readScheduledRules = (
  templates: ResolvedTemplates,
  location: ScheduleLocation,
): SchedulePlans => {
  const plans: SchedulePlan[] = [];
  const notRun: string[] = [];
  for (const resource of templates.ofType("AWS::Events::Rule")) {
    const given = resource.properties();
    notRun.push(...unreadProperties(`${resource.logicalId}: its`, given, known));
    const rule = v.parse(RuleSchema, given);
    if (rule.ScheduleExpression === undefined) continue;
    for (const target of rule.Targets) {
      const unread = unreadProperties(`${resource.logicalId}: its target's`, target, knownOfTarget);
      notRun.push(...unread);
      if (unread.length === 0) {
        plans.push(planOf(resource, rule, v.parse(TargetSchema, target), location));
      }
    }
  }
  return { plans, notRun };
};

import * as v from "valibot";
import type { ResolvedResource, ResolvedTemplates } from "../templates/resolved-templates.ts";
import { unreadProperties } from "../templates/unread-properties.ts";
import type { ScheduleLocation, SchedulePlan, SchedulePlans } from "./schedule-plan.ts";
import { scheduleInput } from "./scheduled-payload.ts";

const TimeSchema = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
);
const TargetSchema = v.object({
  Arn: v.string(),
  Input: v.optional(v.string()),
  SqsParameters: v.optional(v.object({ MessageGroupId: v.optional(v.string()) })),
});
const ScheduleSchema = v.object({
  GroupName: v.optional(v.string(), "default"),
  ScheduleExpression: v.string(),
  ScheduleExpressionTimezone: v.optional(v.string(), "UTC"),
  State: v.optional(v.picklist(["ENABLED", "DISABLED"]), "ENABLED"),
  StartDate: v.optional(TimeSchema),
  EndDate: v.optional(TimeSchema),
  Target: TargetSchema,
});
const known = [
  ...Object.keys(ScheduleSchema.entries),
  "Name",
  "Description",
  "KmsKeyArn",
  // The start of a flexible window is within the window.
  "FlexibleTimeWindow",
];
// Roles are not checked here, and deliveries to an emulator do not fail: an error of the function is left to Lambda's retries.
const knownOfTarget = [
  ...Object.keys(TargetSchema.entries),
  "RoleArn",
  "RetryPolicy",
  "DeadLetterConfig",
];

const planOf = (
  { logicalId, ref, properties }: ResolvedResource,
  { region, account }: ScheduleLocation,
): SchedulePlan => {
  const read = v.parse(ScheduleSchema, properties());
  const { Input, Arn, SqsParameters } = read.Target;
  return {
    logicalId,
    isEnabled: read.State === "ENABLED",
    expression: read.ScheduleExpression,
    timezone: read.ScheduleExpressionTimezone,
    start: read.StartDate,
    end: read.EndDate,
    arn: `arn:aws:scheduler:${region}:${account}:schedule/${read.GroupName}/${ref}`,
    target: Arn,
    messageGroupId: SqsParameters?.MessageGroupId,
    payload: (occasion) => scheduleInput(Input, occasion),
  };
};

/** Reads the schedules of EventBridge Scheduler. */
export const readSchedules = (
  templates: ResolvedTemplates,
  location: ScheduleLocation,
): SchedulePlans => {
  const resources = templates.ofType("AWS::Scheduler::Schedule");
  return {
    plans: resources.map((resource) => planOf(resource, location)),
    notRun: resources.flatMap(({ logicalId, properties }) => {
      const given = properties();
      const { Target } = v.parse(v.object({ Target: v.unknown() }), given);
      return [
        ...unreadProperties(`${logicalId}: its`, given, known),
        ...unreadProperties(`${logicalId}: its target's`, Target, knownOfTarget),
      ];
    }),
  };
};

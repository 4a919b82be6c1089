import { UsageError } from "../../bridge/terminal/usage-error.ts";
import type { Attribute } from "../../lambda/domain/event/event-schema.ts";
import { attributeNamed, type Mend } from "./mend-event.ts";

const own: ReadonlySet<Attribute> = new Set<Attribute>([
  "ThisDN",
  "time",
  "TimeinSecs",
  "TimeinuSecs",
  "ReferenceID",
  "AgentID",
  "ErrorCode",
  "ErrorMessage",
  "EventSequenceNumber",
]);

/** Whether the attribute with this name, in any spelling, differs from event to event: one value is not right for several. */
export const isOwnAttribute = (name: string): boolean => {
  const attribute = attributeNamed(name);
  return attribute !== undefined && own.has(attribute);
};

/** Throws UsageError where several events would get one value in an attribute that differs from event to event. */
export const refuseSharedValues = (mends: readonly Mend[], events: number): void => {
  const shared = mends.find(({ name }) => isOwnAttribute(name));
  if (events > 1 && shared !== undefined)
    throw new UsageError(
      `--set ${shared.name}: it differs from event to event, and ${events} events would get the same; give one id, as list --each shows it. Nothing was sent`,
    );
};

import * as v from "valibot";
import { KeptEventSchema } from "../event/connection-event.ts";
import { type Hash, identify } from "../event/event-id.ts";
import type { RegistrationEvent } from "../event/registration-event.ts";
import type { Application } from "../status/registration-status.ts";
import { standingOf } from "../status/standing.ts";
import type { Sweep } from "./connection.ts";
import { isRenewed } from "./judge-staleness.ts";

type Purpose = Sweep["purpose"];
type PurposeOf<Kind extends Purpose["kind"]> = Extract<Purpose, { kind: Kind }>;

/** Why a sweep ends registrations. */
export type EndingPurpose = Exclude<Purpose, { kind: "mark" }>;

/** An application's registration, by what names it. */
export type SweptRegistration = Pick<RegistrationEvent, "server" | "application" | "thisDN"> & {
  marks: Application;
};

type Make<Kind extends Purpose["kind"]> = (
  registration: SweptRegistration,
  purpose: PurposeOf<Kind>,
  hash: Hash,
) => RegistrationEvent | undefined;

const isRegistered = ({ marks }: SweptRegistration): boolean =>
  standingOf(marks).status === "registered";

const toLoss: Make<"lose"> = (registration, { since, cause }, hash) => {
  const { marks, ...place } = registration;
  const { registered } = marks;
  if (!isRegistered(registration) || (registered && isRenewed(registered, since))) return undefined;
  const { server, application, thisDN } = place;
  const id = hash(JSON.stringify([server, application, thisDN, "derived", cause, since]));
  return { id, event: "EventUnregistered", ...place, time: since, derived: cause };
};

const toEnd: Make<"empty"> = (registration, purpose, hash) => {
  if (!isRegistered(registration)) return undefined;
  const { marks: _, ...place } = registration;
  const { id: allId, event: all, ...content } = v.parse(KeptEventSchema, purpose.event);
  const id = hash(JSON.stringify([all, allId, place.thisDN]));
  return { ...content, ...place, id, event: "EventUnregistered" };
};

const toRetirement: Make<"retire"> = (registration, { at, author, onBehalfOf, note }, hash) => {
  const { marks, ...place } = registration;
  // A registration that has come back since stays.
  if (marks.retired !== undefined && marks.retired.time >= at) return undefined;
  const event = { event: "Retired" as const, ...place, time: at };
  return { id: identify(hash, event, undefined), ...event, other: { author, onBehalfOf, note } };
};

/**
 * The event that ends a registration for a sweep's reason; undefined where the sweep does not concern it. Its id is
 * derived from its content.
 */
export const toSweepEvent = (
  registration: SweptRegistration,
  purpose: EndingPurpose,
  hash: Hash,
): RegistrationEvent | undefined => {
  switch (purpose.kind) {
    case "lose":
      return toLoss(registration, purpose, hash);
    case "empty":
      return toEnd(registration, purpose, hash);
    case "retire":
      return toRetirement(registration, purpose, hash);
  }
};

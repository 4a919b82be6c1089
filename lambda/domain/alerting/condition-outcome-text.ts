import type { BridgeOutcome, ConditionOutcome } from "./condition-outcome.ts";

const endsInWords = { closed: "has stopped on purpose", retired: "was retired" } as const;
const untilWhen = { closed: "until it is back", retired: "any more" } as const;

/** What the alert about a bridge says once it is over; `restoredTitle` where the bridge works again. */
export const bridgeEndTitle = (
  server: string,
  ending: BridgeOutcome,
  restoredTitle: string,
): string => {
  if (ending.resolution === "restored") return restoredTitle;
  const { resolution, application } = ending;
  const end = `${application} on ${server} ${endsInWords[resolution]}`;
  return `${end}: nothing is expected from it ${untilWhen[resolution]}.`;
};

/** What the alert about a server says once it is over; `restoredTitle` where the server works again. */
export const serverEndTitle = (
  server: string,
  ending: ConditionOutcome,
  restoredTitle: string,
): string => {
  if (ending.resolution === "restored") return restoredTitle;
  const { application } = ending;
  const end =
    ending.resolution === "revoked"
      ? `The key with which ${application} reported that ${server} or its CTI link was down has been revoked`
      : `${application}, which reported that ${server} or its CTI link was down, ${endsInWords[ending.resolution]}`;
  return `${end}: no bridge reports any more whether it is up. DNs lost meanwhile are being checked now.`;
};

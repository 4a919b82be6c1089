import type { BridgeOutcome, ConditionOutcome } from "./condition-outcome.ts";
import { type AlertText, named } from "./headline.ts";

const endsInWords = { closed: " has stopped on purpose", retired: " was retired" } as const;
const untilWhen = { closed: "until it is back", retired: "any more" } as const;

/** What the alert about a bridge says once it is over; `restoredText` where the bridge works again. */
export const bridgeEndText = (ending: BridgeOutcome, restoredText: AlertText): AlertText => {
  if (ending.resolution === "restored") return restoredText;
  const { resolution, application } = ending;
  const consequence = `: nothing is expected from it ${untilWhen[resolution]}`;
  return { headline: [named([application]), endsInWords[resolution], consequence] };
};

/** What the alert about a server says once it is over; `restoredText` where the server works again. */
export const serverEndText = (ending: ConditionOutcome, restoredText: AlertText): AlertText => {
  if (ending.resolution === "restored") return restoredText;
  const bridge = named([ending.application]);
  const end =
    ending.resolution === "revoked"
      ? ["the key of ", bridge, " was revoked"]
      : [bridge, endsInWords[ending.resolution]];
  return {
    headline: [...end, ": no bridge reports any more whether it is up"],
    advice:
      "It had reported the T-Server or its CTI link down. DNs lost meanwhile are being checked now.",
  };
};

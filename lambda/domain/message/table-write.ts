import type { RegistrationStatus } from "../status/registration-status.ts";
import type { PublishableAlert } from "./alert-message.ts";

/** One write of a status, as its two images. */
export type StatusWrite = { before: RegistrationStatus | undefined; after: RegistrationStatus };

/** One write that must be published: of a status, or of an alert. */
export type TableWrite =
  | ({ kind: "status" } & StatusWrite)
  | { kind: "alert"; alert: PublishableAlert };

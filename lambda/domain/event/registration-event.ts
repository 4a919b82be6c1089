/**
 * One event about one application's registration for one DN, checked and spelled our way.
 * `time` is the T-Server's, in microseconds since 1970.
 */
export type RegistrationEvent = {
  readonly id: string;
  /** `Retired` is ours: somebody said that the registration is gone for good; `time` is then our clock's. */
  readonly event: "EventRegistered" | "EventUnregistered" | "Retired";
  readonly server: string;
  readonly application: string;
  readonly thisDN: string;
  readonly time: number;
  readonly sequenceNumber?: number | undefined;
  readonly referenceID?: number | undefined;
  readonly addressType?: string | undefined;
  readonly agentID?: string | undefined;
  readonly customerID?: string | undefined;
  readonly errorCode?: number | undefined;
  readonly errorMessage?: string | undefined;
  /** An EventUnregistered that no T-Server sent: what we derived it from. `time` is then that of the reconnect, disconnect or EventError. */
  readonly derived?: "reconnect" | "disconnect" | "refused" | undefined;
  /** The start of the session (microseconds, by the bridge's clock) in which an EventRegistered came. */
  readonly session?: number | undefined;
  readonly extensions?: object | undefined;
  /** What the caller sent beside the attributes that we know. */
  readonly other?: object | undefined;
};

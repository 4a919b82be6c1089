/**
 * Every way to write an attribute's name: the reference's, the Platform SDK's JSON, T-Library's.
 * The one place where a new spelling goes. The first of each row is the name that our own messages use.
 */
export const spellings = {
  Event: ["Event", "messageName", "AttributeEventName"],
  Server: ["Server", "server", "AttributeServer"],
  ServerName: ["ServerName", "serverName", "AttributeServerName"],
  ThisDN: ["ThisDN", "thisDN", "AttributeThisDN"],
  time: ["time", "AttributeTime"],
  TimeinSecs: ["TimeinSecs", "timeinSecs", "AttributeTimeinSecs"],
  TimeinuSecs: ["TimeinuSecs", "timeinuSecs", "AttributeTimeinuSecs"],
  ReferenceID: ["ReferenceID", "referenceID", "AttributeReferenceID"],
  InfoType: ["InfoType", "addressInfoType", "AttributeAddressInfoType"],
  "InfoStatus.AddressType": [
    "InfoStatus.AddressType",
    "InfoStatus",
    "addressInfoStatus",
    "AttributeAddressInfoStatus",
  ],
  Extensions: ["Extensions", "extensions", "AttributeExtensions"],
  AgentID: ["AgentID", "agentID", "AttributeAgentID"],
  CustomerID: ["CustomerID", "customerID", "AttributeCustomerID"],
  ErrorCode: ["ErrorCode", "errorCode", "AttributeErrorCode"],
  ErrorMessage: ["ErrorMessage", "errorMessage", "AttributeErrorMessage"],
  EventSequenceNumber: [
    "EventSequenceNumber",
    "eventSequenceNumber",
    "AttributeEventSequenceNumber",
  ],
  ServerStartTime: ["ServerStartTime", "serverStartTime", "AttributeServerStartTime"],
} as const satisfies Record<string, readonly string[]>;

/** The name of an attribute as the reference writes it. */
export type Attribute = keyof typeof spellings;

/** Whether a name is that of an attribute, as the reference writes it. */
export const isAttribute = (name: string): name is Attribute => Object.hasOwn(spellings, name);

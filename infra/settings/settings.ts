import * as v from "valibot";
import { AlertsSettingSchema } from "./alerts-setting.ts";

// Context is always text on the command line, but has its own type in cdk.json: both are accepted.
const wholeNumber = (minimum: number, maximum: number) => {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return v.pipe(
    v.union([v.number(), v.pipe(v.string(), v.digits(), v.transform(Number))], message),
    v.integer(message),
    v.minValue(minimum, message),
    v.maxValue(maximum, message),
  );
};

const object = (example: string) =>
  v.union(
    [v.pipe(v.string(), v.parseJson(), v.looseObject({})), v.looseObject({})],
    `must be an object, for example '${example}'`,
  );

const stageMessage =
  "must be a lowercase letter followed by at most 19 of a-z, 0-9 and dashes, and not end in a dash or in -data, which names the data stack";

const StageSchema = v.pipe(
  v.string(stageMessage),
  v.regex(/^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/, stageMessage),
  v.check((stage) => !stage.endsWith("-data"), stageMessage),
);

// The periods that CloudWatch Logs accepts.
const logRetentionPeriods = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

const AccountsSchema = v.pipe(
  v.union(
    [
      v.pipe(
        v.string(),
        v.transform((text) => text.split(",")),
      ),
      v.array(v.string()),
    ],
    "must be account numbers, separated by commas",
  ),
  v.array(v.pipe(v.string(), v.regex(/^\d{12}$/, "must be AWS account numbers of 12 digits"))),
);

const ReservedConcurrencySchema = v.strictObject({
  ingest: v.optional(wholeNumber(1, 10_000)),
  fanout: v.optional(wholeNumber(1, 10_000)),
  evaluate: v.optional(wholeNumber(1, 10_000)),
  query: v.optional(wholeNumber(1, 10_000)),
  operate: v.optional(wholeNumber(1, 10_000)),
  authorize: v.optional(wholeNumber(1, 10_000)),
});

const isKnownZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
};

const zoneMessage = "must be the IANA name of a time zone, for example Europe/Berlin";

// An offset, which Intl takes as well, would be wrong for half of the year in most places.
const TimeZoneSchema = v.pipe(
  v.string(zoneMessage),
  v.regex(/^[A-Za-z]/, zoneMessage),
  v.check(isKnownZone, zoneMessage),
);

/** The settings of a stage, with their defaults, as CDK context gives them. docs/deploying.md explains each. */
export const SettingsSchema = v.strictObject({
  stage: v.optional(StageSchema, "dev"),
  historyRetentionDays: v.optional(wholeNumber(1, 3650), 400),
  logRetentionDays: v.optional(
    v.pipe(
      wholeNumber(1, 3653),
      v.picklist(logRetentionPeriods, `must be one of ${logRetentionPeriods.join(", ")}`),
    ),
    30,
  ),
  alarmEmail: v.optional(
    v.pipe(v.string(), v.email("must be an e-mail address, for example operations@example.org")),
  ),
  alarmTopicArn: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/,
        "must be the ARN of an SNS topic in the stage's region, for example arn:aws:sns:eu-central-1:111122223333:on-call",
      ),
    ),
  ),
  streamParallelism: v.optional(wholeNumber(1, 10), 1),
  throttling: v.optional(
    v.pipe(
      object('{"rate":500,"burst":1000}'),
      v.strictObject({
        rate: v.optional(wholeNumber(1, 10_000), 500),
        burst: v.optional(wholeNumber(1, 5_000), 1_000),
        readRate: v.optional(wholeNumber(1, 10_000), 100),
        readBurst: v.optional(wholeNumber(1, 5_000), 200),
      }),
    ),
    {},
  ),
  alerts: v.optional(AlertsSettingSchema, {}),
  serversPerKey: v.optional(wholeNumber(1, 1000), 100),
  removalPolicy: v.optional(
    v.picklist(["retain", "destroy"], "must be retain or destroy"),
    "retain",
  ),
  deletionProtection: v.optional(v.picklist(["on", "off"], "must be on or off"), "on"),
  encryption: v.optional(
    v.picklist(["aws-managed", "customer-managed"], "must be aws-managed or customer-managed"),
    "aws-managed",
  ),
  reservedConcurrency: v.optional(v.pipe(object('{"ingest":50}'), ReservedConcurrencySchema), {}),
  subscriberAccounts: v.optional(AccountsSchema, []),
  organizationId: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^o-[a-z0-9]{10,32}$/, "must be an organization id, for example o-a1b2c3d4e5"),
    ),
  ),
  timeZone: v.optional(TimeZoneSchema, "UTC"),
  runbookUrl: v.optional(
    v.pipe(v.string(), v.url("must be a URL, for example https://wiki.example.org/dn")),
  ),
});
/** Validated and complete settings of a stage. */
export type Settings = v.InferOutput<typeof SettingsSchema>;

/** Whether CloudFormation and DynamoDB refuse to delete what holds data, until the setting says otherwise. */
export const isProtected = ({
  removalPolicy,
  deletionProtection,
}: Pick<Settings, "removalPolicy" | "deletionProtection">): boolean =>
  removalPolicy === "retain" && deletionProtection === "on";

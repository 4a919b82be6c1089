/** Every setting of a stage, with another value than by default, as the command line gives it. */
export const everySetting = {
  stage: "everything",
  historyRetentionDays: "30",
  logRetentionDays: "7",
  removalPolicy: "destroy",
  encryption: "customer-managed",
  throttling: '{"rate":20,"burst":40,"readRate":5,"readBurst":10}',
  alerts: '{"holdDowns":[{"prefix":"8","seconds":0}]}',
  serversPerKey: "20",
  alarmEmail: "operations@example.org",
  subscriberAccounts: "111122223333,444455556666",
  organizationId: "o-a1b2c3d4e5",
  reservedConcurrency: '{"ingest":5,"fanout":5,"evaluate":6,"query":5,"operate":5,"authorize":5}',
  timeZone: "America/New_York",
  runbookUrl: "https://wiki.example.org/dn",
};

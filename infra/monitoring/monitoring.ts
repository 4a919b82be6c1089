import { Construct } from "constructs";
import type { HttpApi } from "../api/http-api.ts";
import type { DataByName } from "../data-by-name.ts";
import type { FanoutFunction } from "../functions/fanout-function.ts";
import type { FunctionName } from "../functions/function-code.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import type { ScheduledRun } from "../functions/scheduled-run.ts";
import type { Settings } from "../settings/settings.ts";
import { Alarms } from "./alarms.ts";
import { Dashboard } from "./dashboard.ts";
import { deadLetterAlarms } from "./dead-letter-alarms.ts";
import { evaluationAlarms } from "./evaluation-alarms.ts";
import { functionAlarms, lateChangesAlarm, loopAlarm } from "./function-alarms.ts";
import { requestAlarms } from "./request-alarms.ts";
import { streamAlarms } from "./stream-alarms.ts";
import { tableAlarms } from "./table-alarms.ts";
import { topicAlarms } from "./topic-alarms.ts";

type MonitoringProps = {
  readonly settings: Settings;
  readonly data: DataByName;
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>> & {
    readonly fanout: FanoutFunction;
  };
  readonly scheduledRun: ScheduledRun;
  readonly httpApi: HttpApi;
};

/** Every alarm, and the dashboard that shows them beside the metrics that they watch. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { settings, data, functions, scheduledRun, httpApi } = props;
    const { stage } = httpApi;
    const { fanout } = functions;
    const { queues } = data;
    const { alarms } = new Alarms(this, "Alarms", {
      settings,
      operations: data.topics.operations,
      definitions: [
        ...functionAlarms("ingest", functions.ingest),
        ...functionAlarms("fanout", fanout),
        ...functionAlarms("evaluate", functions.evaluate),
        ...functionAlarms("query", functions.query),
        ...functionAlarms("operate", functions.operate),
        ...functionAlarms("authorize", functions.authorize),
        lateChangesAlarm(fanout),
        ...deadLetterAlarms(settings, queues),
        ...streamAlarms(settings, fanout.sources),
        ...evaluationAlarms(settings, queues, { scheduledRun, evaluate: functions.evaluate }),
        loopAlarm(functions.evaluate),
        ...topicAlarms(data.topics),
        ...tableAlarms(data.tables),
        ...requestAlarms(settings, httpApi),
      ],
    });
    new Dashboard(this, "Dashboard", { settings, alarms, stage, fanout, queues });
  }
}

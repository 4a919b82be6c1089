import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import { Construct } from "constructs";
import type { DataStack } from "../data-stack.ts";
import type { FanoutSources } from "../functions/fanout-function.ts";
import type { FunctionName } from "../functions/function-code.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import type { EvaluationClock } from "../functions/scheduled-run.ts";
import type { Settings } from "../settings/settings.ts";
import { Alarms } from "./alarms.ts";
import { apiAlarms } from "./api-alarms.ts";
import { Dashboard } from "./dashboard.ts";
import { deadLetterAlarms } from "./dead-letter-alarms.ts";
import { evaluationAlarms } from "./evaluation-alarms.ts";
import { changesAreLate, functionAlarms } from "./function-alarms.ts";
import { eventAlarms } from "./request-alarms.ts";
import { streamAlarms } from "./stream-alarms.ts";

interface ObservationProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly sources: FanoutSources;
  readonly clock: EvaluationClock;
  readonly stage: HttpStage;
}

/** What watches the rest: every alarm, and the dashboard that shows them beside what they are about. */
export class Observation extends Construct {
  constructor(scope: Construct, id: string, props: ObservationProps) {
    super(scope, id);
    const { settings, data, functions, sources, clock, stage } = props;
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
        changesAreLate(fanout),
        ...deadLetterAlarms(settings, queues),
        ...streamAlarms(settings, sources),
        ...evaluationAlarms(settings, queues, clock),
        ...eventAlarms(settings),
        ...apiAlarms(stage),
      ],
    });
    new Dashboard(this, "Dashboard", { settings, alarms, stage, fanout, sources, queues });
  }
}

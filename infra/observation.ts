import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { apiAlarms } from "./api-alarms.ts";
import { Dashboard } from "./dashboard.ts";
import type { DataStack } from "./data-stack.ts";
import { deadLetterAlarms } from "./dead-letter-alarms.ts";
import { eventAlarms } from "./event-alarms.ts";
import { changesAreLate, functionAlarms } from "./function-alarms.ts";
import type { FunctionName } from "./function-code.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { Settings } from "./settings.ts";

interface ObservationProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly functions: Readonly<Record<FunctionName, LambdaFunction>>;
  readonly source: EventSourceMapping;
  readonly stage: HttpStage;
}

/** What watches the rest: every alarm, and the dashboard that shows them beside what they are about. */
export class Observation extends Construct {
  constructor(scope: Construct, id: string, props: ObservationProps) {
    super(scope, id);
    const { settings, data, functions, source, stage } = props;
    const { ingest, fanout, query, authorize } = functions;
    const { alarms } = new Alarms(this, "Alarms", {
      settings,
      operations: data.topics.operations,
      definitions: [
        ...functionAlarms("ingest", ingest),
        ...functionAlarms("fanout", fanout),
        ...functionAlarms("query", query),
        ...functionAlarms("authorize", authorize),
        changesAreLate(fanout),
        ...deadLetterAlarms(settings, data.queues, source),
        ...eventAlarms(settings),
        ...apiAlarms(stage),
      ],
    });
    new Dashboard(this, "Dashboard", {
      settings,
      alarms,
      stage,
      fanout,
      source,
      queues: data.queues,
    });
  }
}

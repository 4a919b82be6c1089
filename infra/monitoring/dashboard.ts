import { Duration } from "aws-cdk-lib";
import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as AwsDashboard,
  type GraphWidget,
  type IMetric,
  MathExpression,
} from "aws-cdk-lib/aws-cloudwatch";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { FanoutSources } from "../functions/fanout-function.ts";
import type { LambdaFunction } from "../functions/lambda-function.ts";
import { metricsNamespace, serviceDimension } from "../functions/registration-metrics.ts";
import type { Queues } from "../messaging/queues.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { depthOf } from "./dead-letter-alarms.ts";
import { sourceMetric } from "./stream-alarms.ts";
import { counts, graph } from "./widgets.ts";

interface DashboardProps {
  readonly settings: Settings;
  readonly alarms: readonly Alarm[];
  readonly stage: HttpStage;
  readonly fanout: LambdaFunction;
  readonly sources: FanoutSources;
  readonly queues: Queues;
}

const period = Duration.minutes(5);

const comingIn = ({ settings, stage }: DashboardProps): GraphWidget[][] => [
  [
    graph(
      "Events by outcome",
      counts(
        settings,
        "EventsApplied",
        "EventsDuplicate",
        "EventsOutdated",
        "EventsIgnored",
        "EventsRejected",
      ),
    ),
    graph("Lag between T-Server time and arrival, p95 by server", [lagByServer(settings)], "s"),
  ],
  [
    graph("Requests", [
      stage.metricCount({ period, statistic: "Sum" }),
      stage.metricClientError({ period, statistic: "Sum" }),
      stage.metricServerError({ period, statistic: "Sum" }),
    ]),
    graph(
      "Requests refused for their signature",
      counts(settings, "SignaturesRefused", "StaleSignaturesWithRightKey"),
    ),
  ],
];

const losses = ({ settings, queues }: DashboardProps): GraphWidget[][] => [
  [
    graph(
      "Losses by decision",
      counts(settings, "LossesHeld", "LossesPassed", "LossesAlerted", "DerivedLosses"),
    ),
    graph("Alerts", counts(settings, "AlertsOpened", "AlertsResolved", "AlertsTold")),
  ],
  [
    graph("Messages to the evaluator", [
      depthOf(queues.evaluation).with({ label: "due" }),
      queues.evaluation.metricApproximateNumberOfMessagesDelayed({ period, label: "delayed" }),
    ]),
    graph("Evaluations that failed", counts(settings, "EvaluationsFailed")),
  ],
];

const goingOut = ({ settings, fanout }: DashboardProps): GraphWidget[][] => [
  [
    graph("Changes", counts(settings, "ChangesPublished", "ChangesRefused")),
    graph(
      "Oldest change or alert waiting for fanout",
      [fanout.function.metric("IteratorAge", { statistic: "Maximum", period })],
      "ms",
    ),
  ],
];

const waiting = ({ queues, sources, stage }: DashboardProps): GraphWidget[] => [
  graph("Dead letters", [
    depthOf(queues.rejectedEvents).with({ label: "rejected events" }),
    depthOf(queues.failedChanges).with({ label: "failed changes" }),
    depthOf(queues.evaluationDeadLetters).with({ label: "failed evaluations" }),
    toTheBucket(sources.statuses, "changes"),
    toTheBucket(sources.alerts, "alerts"),
  ]),
  graph("Latency", [stage.metricLatency({ period, statistic: "p95" })], "ms"),
];

/** One page that answers: does it run, what comes in, what goes out, what is stuck. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { settings, alarms } = props;
    const overview = new AlarmStatusWidget({
      title: "Alarms",
      alarms: [...alarms],
      width: 24,
      height: 4,
    });
    new AwsDashboard(this, "Dashboard", {
      dashboardName: resourceName(settings),
      widgets: [
        [overview],
        ...comingIn(props),
        ...losses(props),
        ...goingOut(props),
        waiting(props),
      ],
    });
  }
}

const toTheBucket = (source: EventSourceMapping, what: string): IMetric =>
  sourceMetric(source, "OnFailureDestinationDeliveredEventCount").with({
    label: `${what} to the bucket of failed stream batches`,
  });

// A search: servers come and go without a deployment.
const lagByServer = (settings: Settings): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{${metricsNamespace},server,service} MetricName="ArrivalLagSeconds" service="${serviceDimension(settings)}"', 'p95', 300)`,
    usingMetrics: {},
    label: "",
    period: Duration.minutes(5),
  });

import { Duration } from "aws-cdk-lib";
import type { HttpStage } from "aws-cdk-lib/aws-apigatewayv2";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard as AwsDashboard,
  GraphWidget,
  type IMetric,
} from "aws-cdk-lib/aws-cloudwatch";
import type { EventSourceMapping } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { DataByName } from "../data-by-name.ts";
import type { FanoutFunction } from "../functions/fanout-function.ts";
import { arrivalLagByServer, registrationMetrics } from "../functions/registration-metrics.ts";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";
import { depthOf } from "./dead-letter-alarms.ts";
import { queueMetric } from "./queue-metric.ts";
import { sourceMetric } from "./stream-alarms.ts";

type DashboardProps = {
  readonly settings: Settings;
  readonly alarms: readonly Alarm[];
  readonly stage: HttpStage;
  readonly fanout: FanoutFunction;
  readonly queues: DataByName["queues"];
};

const period = Duration.minutes(5);

/** One page with what comes in, what is decided, what goes out and what is stuck. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { settings, alarms } = props;
    const overview = { title: "Alarms", alarms: [...alarms], width: 24, height: 4 };
    new AwsDashboard(this, "Dashboard", {
      dashboardName: resourceName(settings),
      widgets: [
        [new AlarmStatusWidget(overview)],
        ...incoming(props),
        ...decisions(props),
        ...outgoing(props),
        ...waiting(props),
      ],
    });
  }
}

const incoming = ({ settings, stage }: DashboardProps): GraphWidget[][] => [
  [
    graph(
      "Events by outcome",
      registrationMetrics(
        settings,
        "EventsApplied",
        "EventsDuplicate",
        "EventsOutdated",
        "EventsIgnored",
        "EventsRejected",
      ),
    ),
    graph("Lag from T-Server time to arrival, p95 by server", [arrivalLagByServer(settings)], "s"),
  ],
  [
    graph("Requests", [
      stage.metricCount({ period, statistic: "Sum" }),
      stage.metricClientError({ period, statistic: "Sum" }),
      stage.metricServerError({ period, statistic: "Sum" }),
    ]),
    graph(
      "Requests refused for their signature",
      registrationMetrics(
        settings,
        "SignaturesRefused",
        "StaleSignaturesWithRightKey",
        "StaleRequestsUnproven",
      ),
    ),
  ],
  [
    graph(
      "Clocks of T-Servers: events ahead, steps back",
      registrationMetrics(settings, "EventsAheadOfClock", "ClocksWentBack"),
    ),
  ],
];

const decisions = ({ settings, queues }: DashboardProps): GraphWidget[][] => [
  [
    graph(
      "Losses by decision",
      registrationMetrics(settings, "LossesHeld", "LossesPassed", "LossesAlerted", "DerivedLosses"),
    ),
    graph("Alerts", registrationMetrics(settings, "AlertsOpened", "AlertsResolved", "AlertsTold")),
  ],
  [
    graph("Messages to the evaluator", [
      depthOf(queues.evaluation).with({ label: "due" }),
      queueMetric(queues.evaluation, "ApproximateNumberOfMessagesDelayed", period).with({
        label: "delayed",
      }),
    ]),
    graph("Failed evaluations", registrationMetrics(settings, "EvaluationsFailed")),
  ],
];

const published = ["ChangesPublished", "ChangesRefused", "AlertTextsRefused"] as const;

const outgoing = ({ settings, fanout }: DashboardProps): GraphWidget[][] => [
  [
    graph("Published", registrationMetrics(settings, ...published)),
    graph(
      "Oldest change or alert waiting for fanout",
      [fanout.function.metric("IteratorAge", { statistic: "Maximum", period })],
      "ms",
    ),
  ],
];

const waiting = ({ queues, fanout, stage }: DashboardProps): GraphWidget[][] => [
  [
    graph("Dead letters", [
      depthOf(queues.rejectedEvents).with({ label: "rejected events" }),
      depthOf(queues.failedChanges).with({ label: "failed changes" }),
      depthOf(queues.evaluationDeadLetters).with({ label: "failed evaluations" }),
      movedToBucket(fanout.sources.statuses, "changes"),
      movedToBucket(fanout.sources.alerts, "alerts"),
    ]),
    graph("API latency, p95", [stage.metricLatency({ period, statistic: "p95" })], "ms"),
  ],
];

/** A graph of half the dashboard's width. */
const graph = (title: string, left: IMetric[], unit?: string): GraphWidget =>
  new GraphWidget({
    title,
    left,
    width: 12,
    leftYAxis: { min: 0, ...(unit === undefined ? {} : { label: unit, showUnits: false }) },
  });

const movedToBucket = (source: EventSourceMapping, records: string): IMetric =>
  sourceMetric(source, "OnFailureDestinationDeliveredEventCount").with({
    label: `${records} moved to the bucket of failed stream batches`,
  });

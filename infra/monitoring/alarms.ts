import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { resourceName } from "../settings/resource-name.ts";
import type { Settings } from "../settings/settings.ts";

/**
 * An alarm as its reader sees it at night: what it means, and what to do. It is on from the threshold upwards; where it is
 * about what must not stop, below the threshold and where nothing was counted.
 */
export interface AlarmDefinition {
  readonly name: string;
  readonly metric: IMetric;
  readonly threshold: number;
  readonly isBelow?: boolean;
  readonly meaning: string;
  readonly remedy: string;
}

const above = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  // Nothing counted is nothing wrong: functions that rest send no metrics.
  treatMissingData: TreatMissingData.NOT_BREACHING,
};
const below = {
  comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  treatMissingData: TreatMissingData.BREACHING,
};

interface AlarmsProps {
  readonly settings: Settings;
  readonly operations: ITopic;
  readonly definitions: readonly AlarmDefinition[];
}

/** The alarms of the stack itself; each tells the operations topic when it comes and when it has gone. */
export class Alarms extends Construct {
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, { settings, operations, definitions }: AlarmsProps) {
    super(scope, id);
    const action = new SnsAction(operations);
    this.alarms = definitions.map(({ name, metric, threshold, isBelow, meaning, remedy }) => {
      const alarm = new Alarm(this, name, {
        alarmName: resourceName(settings, name),
        alarmDescription: `${meaning} What to do: ${remedy}`,
        metric,
        threshold,
        evaluationPeriods: 1,
        ...(isBelow ? below : above),
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
  }
}

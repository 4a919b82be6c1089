import type { AlertingEnvironment } from "../../lambda/environment.ts";
import type { ServiceProps } from "./service-props.ts";

/** The variables of the functions that work on losses and alerts: evaluate and operate. */
export const alertingEnvironment = ({
  settings,
  data: { tables, queues },
}: Pick<ServiceProps, "settings" | "data">) =>
  ({
    STATUS_TABLE: tables.status.tableName,
    HISTORY_TABLE: tables.history.tableName,
    LOSSES_TABLE: tables.losses.tableName,
    ALERTS_TABLE: tables.alerts.tableName,
    CONNECTIONS_TABLE: tables.connections.tableName,
    WINDOWS_TABLE: tables.windows.tableName,
    EVALUATION_QUEUE_URL: queues.evaluation.queueUrl,
    HISTORY_RETENTION_DAYS: String(settings.historyRetentionDays),
    ALERT_RULES: JSON.stringify(settings.alerts),
  }) satisfies AlertingEnvironment;

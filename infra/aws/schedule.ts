// When feeds are pulled and what is published is looked after: daily on Eastern time, through daylight saving, each run within a flexible window.
import { Duration, TimeZone } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
  TimeWindow,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { schedules } from '../topology.ts';
import { constructId } from './construct-id.ts';
import type { Functions } from './functions.ts';

/** Creates every schedule. A run that Scheduler could not hand over goes to `deadLetters`. */
export function createSchedules(
  scope: Construct,
  to: { readonly functions: Functions; readonly deadLetters: Queue },
): void {
  const parent = new Construct(scope, 'Schedules');
  const scheduleGroup = new ScheduleGroup(parent, 'Group');
  const role = new Role(parent, 'Role', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
  });
  const targets = [...new Set(Object.values(schedules).map(({ target }) => target))];
  const policy = new ManagedPolicy(parent, 'Policy', {
    description:
      'What the schedules use: invoke pull and publish, report a run that could not be handed over.',
    statements: [
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: targets.map((id) => to.functions[id].functionArn),
      }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [to.deadLetters.queueArn] }),
    ],
    roles: [role],
  });
  for (const [id, spec] of Object.entries(schedules)) {
    const [hour, minute] = spec.at.split(':');
    const schedule = new Schedule(parent, constructId(id), {
      description: `Daily ${spec.target}${spec.input.feeds ? ` of ${spec.input.feeds.join(', ')}` : ''}.`,
      scheduleGroup,
      schedule: ScheduleExpression.cron({
        hour: String(Number(hour)),
        minute: String(Number(minute)),
        timeZone: TimeZone.of(spec.timeZone),
      }),
      timeWindow: TimeWindow.flexible(Duration.minutes(spec.windowMinutes)),
      target: new LambdaInvoke(to.functions[spec.target], {
        input: ScheduleTargetInput.fromObject(spec.input),
        role: role.withoutPolicyUpdates(),
        deadLetterQueue: to.deadLetters,
        retryAttempts: 3,
        maxEventAge: Duration.hours(6),
      }),
    });
    schedule.node.addDependency(policy);
  }
}

// The gateway of the synthesised template: what it lets through, what it logs, and where links lead.
import { beforeAll, describe, expect, it } from 'vitest';
import { gateway } from '../../../infra/topology.ts';
import {
  logicalId,
  resource,
  resourcesOf,
  type Synthesized,
  synthesizeStack,
} from '../../support/synthesized-stack.ts';

let stack: Synthesized;
beforeAll(() => {
  stack = synthesizeStack();
});

const ref = (path: string) => ({ Ref: logicalId(stack, path) });
const stage = () => resource(stack, 'GatewayApiOpenStage').Properties;

describe('infra/aws/gateway.ts', () => {
  it('hands every route to its function, those with limits of their own by name', () => {
    const routes = resourcesOf(stack, 'AWS::ApiGatewayV2::Route');
    expect(routes.map(({ Properties }) => Properties.RouteKey).toSorted()).toEqual(
      ['$default', ...Object.keys(gateway.routes)].toSorted(),
    );
    const to = (integration: string) => ({
      'Fn::Join': ['', ['integrations/', ref(`GatewayApiOpenIntegration${integration}`)]],
    });
    for (const { Properties } of routes) {
      const isIntake = Properties.RouteKey === 'POST /v1/intake';
      expect(Properties.Target).toEqual(to(isIntake ? 'IntakeApi' : 'Api'));
    }
  });

  it.each(['Api', 'IntakeApi'])('waits for %s as long as it may run, and a second more', (id) => {
    expect(resource(stack, `GatewayApiOpenIntegration${id}`).Properties).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': [logicalId(stack, `Functions${id}Function`), 'Arn'] },
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 29_000,
    });
  });

  it('throttles as the topology says', () => {
    expect(stage().DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: gateway.throttle.perSecond,
      ThrottlingBurstLimit: gateway.throttle.burst,
    });
    expect(stage().RouteSettings).toMatchObject({
      'POST /v1/check': { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 },
    });
    expect(Object.keys(Object(stage().RouteSettings))).toEqual(Object.keys(gateway.routes));
  });

  it('I8 logs no path, query, header or body of a request, encrypted and for a year', () => {
    const { Format, DestinationArn } = Object(stage().AccessLogSettings);
    const used = String(Format).match(/\$context\.[\w.]+/g);
    expect(used).toEqual([
      '$context.requestId',
      '$context.requestTime',
      '$context.identity.sourceIp',
      '$context.httpMethod',
      '$context.routeKey',
      '$context.status',
      '$context.responseLength',
      '$context.responseLatency',
      '$context.integrationLatency',
      '$context.error.message',
      '$context.integrationErrorMessage',
    ]);
    expect(DestinationArn).toEqual({
      'Fn::GetAtt': [logicalId(stack, 'GatewayApiOpenLogs'), 'Arn'],
    });
    expect(resource(stack, 'GatewayApiOpenLogs').Properties).toMatchObject({
      RetentionInDays: 365,
      KmsKeyId: { 'Fn::GetAtt': [logicalId(stack, 'KeysOperations'), 'Arn'] },
    });
  });

  it('lets this API alone call the two functions', () => {
    const permissions = resourcesOf(stack, 'AWS::Lambda::Permission');
    expect(permissions.map(({ Properties }) => Properties.FunctionName)).toEqual(
      ['Api', 'IntakeApi'].map((id) => ({
        'Fn::GetAtt': [logicalId(stack, `Functions${id}Function`), 'Arn'],
      })),
    );
    for (const { Properties } of permissions) {
      expect(Properties.Principal).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(Properties.SourceArn)).toContain(JSON.stringify(ref('GatewayApi')));
    }
  });

  it('begins links with the address the operator gave, else with its own', () => {
    const { Environment } = resource(stack, 'FunctionsNotifyFunction').Properties;
    const { Variables } = Object(Environment);
    expect(Variables.CODEWATCH_BASE_URL).toEqual({
      'Fn::If': [
        expect.stringMatching(/^GatewayBaseUrlIsGiven/),
        { Ref: 'BaseUrl' },
        {
          'Fn::Join': [
            '',
            [
              'https://',
              ref('GatewayApi'),
              '.execute-api.',
              { Ref: 'AWS::Region' },
              '.',
              { Ref: 'AWS::URLSuffix' },
            ],
          ],
        },
      ],
    });
  });
});

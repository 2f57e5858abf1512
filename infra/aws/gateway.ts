// The HTTP API of API Gateway in front of the function that answers: TLS, throttling before anything is paid for, and a
// log line a request. What a route means, who may ask and who may read it from a browser is the function's matter.
import { Aws, CfnCondition, type CfnParameter, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functions, gateway } from '../topology.ts';
import type { FunctionId, ThrottleSpec } from '../topology-specs.ts';
import { constructId } from './construct-id.ts';
import type { Functions } from './functions.ts';
import type { Keys } from './keys.ts';

/** The API, at first without routes: functions that write links are told its address. */
export type Gateway = {
  readonly api: CfnApi;
  /** Where the API is. */
  readonly url: string;
  /** What links begin with: the operator's own address where one is given, else the API's. */
  readonly baseUrl: string;
};

/** Creates the API. `given` is the operator's parameter, empty when links are to lead to the API itself. */
export function createGateway(scope: Construct, given: CfnParameter): Gateway {
  const parent = new Construct(scope, 'Gateway');
  const api = new CfnApi(parent, 'Api', {
    name: 'codewatch',
    description: 'Codewatch: look-ups, searches, what tenants store and what they were told.',
    protocolType: 'HTTP',
  });
  const isGiven = new CfnCondition(parent, 'BaseUrlIsGiven', {
    expression: Fn.conditionNot(Fn.conditionEquals(given.valueAsString, '')),
  });
  const url = `https://${api.ref}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  const baseUrl = Fn.conditionIf(isGiven.logicalId, given.valueAsString, url).toString();
  return { api, url, baseUrl };
}

/** Adds the routes and their stage: what has no route of its own in the topology goes by the default one. */
export function openGateway(
  { api }: Gateway,
  to: { readonly functions: Functions; readonly keys: Keys },
): void {
  const parent = new Construct(api, 'Open');
  const integrations = new Map<FunctionId, CfnIntegration>();
  const integrationOf = (id: FunctionId): CfnIntegration => {
    const integration = integrations.get(id) ?? createIntegration(parent, api, id, to.functions);
    integrations.set(id, integration);
    return integration;
  };
  const routes = ['$default', ...Object.keys(gateway.routes)].map((routeKey) => {
    const integration = integrationOf(gateway.routes[routeKey]?.function ?? gateway.function);
    const route = new CfnRoute(parent, `Route${routeKey.replaceAll(/\W/g, '')}`, {
      apiId: api.ref,
      routeKey,
      target: `integrations/${integration.ref}`,
    });
    Validations.of(route).acknowledge(authorizationException);
    return route;
  });
  const stage = createStage(parent, api, to.keys);
  // Settings of a route can be made only once the route is there.
  for (const route of routes) stage.addResourceDependency(route);
}

function createIntegration(
  parent: Construct,
  api: CfnApi,
  id: FunctionId,
  to: Functions,
): CfnIntegration {
  const target = to[id];
  target.addPermission('Gateway', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceArn: `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${api.ref}/*`,
  });
  return new CfnIntegration(parent, `Integration${constructId(id)}`, {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: target.functionArn,
    payloadFormatVersion: '2.0',
    // The function answers in its own time, or not at all.
    timeoutInMillis: (functions[id].timeoutSeconds + 1) * 1000,
  });
}

function createStage(parent: Construct, api: CfnApi, keys: Keys): CfnStage {
  const logs = new LogGroup(parent, 'Logs', {
    encryptionKey: keys.operations,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  return new CfnStage(parent, 'Stage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(logged) },
    defaultRouteSettings: settingsOf(gateway.throttle),
    routeSettings: Object.fromEntries(
      Object.entries(gateway.routes).map(([key, spec]) => [key, upperCased(settingsOf(spec))]),
    ),
  });
}

const settingsOf = ({ perSecond, burst }: ThrottleSpec) => ({
  throttlingRateLimit: perSecond,
  throttlingBurstLimit: burst,
  detailedMetricsEnabled: true,
});

/** Inside a map CDK passes names on as they are. */
const upperCased = (settings: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      value,
    ]),
  );

/** What is logged of a request: no path, which can name a claim, no query, no header, no body. */
const logged = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  ip: '$context.identity.sourceIp',
  method: '$context.httpMethod',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  ms: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  error: '$context.error.message',
  functionError: '$context.integrationErrorMessage',
};

const authorizationException = {
  id: 'AwsSolutions-APIG4',
  reason:
    'Reference data is public; where a tenant is concerned the function asks for its token, which no authorizer of API Gateway knows better.',
};

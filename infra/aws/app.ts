// The CDK program that cdk.json starts: one stack for any account and region, checked by two rule packs.
import { App } from 'aws-cdk-lib';
import { addChecks } from './checks.ts';
import { codewatchStack } from './stack.ts';

const app = new App();
codewatchStack(app);
addChecks(app);
app.synth();

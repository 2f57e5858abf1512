// Two published rule packs check every synthesis (AWS Solutions, HIPAA Security); a rule that is not followed is named
// here with the reason, and everything else fails the build.
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';

/** Adds both packs to an app; their violations interrupt synthesis. */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new HIPAASecurityChecks(app));
}

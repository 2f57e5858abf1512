// Stands for the SDK's chain of credential providers in every bundle: Lambda puts a function's credentials into its
// environment and nowhere else, and the other providers are a fifth of the API's bundle (docs/decisions/0008-api-bundle.md).

/** As `defaultProvider` of `@aws-sdk/credential-provider-node`, of which it takes the place. */
export const defaultProvider = () => async () => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: this is no Lambda');
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};

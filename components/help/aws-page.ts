/** Pages of AWS's documentation of KMS: what a text of ours is about, in AWS's own words. */

/** A page of the developer guide ("grants.html#grant_token") or of the API reference ("API_Verify.html"). */
export type AwsPage = `${string}.html` | `${string}.html#${string}`

const KMS = 'https://docs.aws.amazon.com/kms/latest'

/** The page's address. */
export const awsHref = (page: AwsPage): string =>
  `${KMS}/${page.startsWith('API_') ? 'APIReference' : 'developerguide'}/${page}`

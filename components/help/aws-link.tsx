import { type AwsPage, awsHref } from './aws-page.ts'

/** Leads to AWS's own page, in a tab of its own: what one was doing here stays. */
export function AwsLink({ page, about }: { page: AwsPage; about: string }) {
  return (
    <a
      href={awsHref(page)}
      target="_blank"
      rel="noreferrer"
      className="link inline-block max-md:py-1"
      aria-label={`AWS’s page: ${about} (opens a new tab)`}
    >
      AWS’s page <span aria-hidden="true">↗</span>
    </a>
  )
}

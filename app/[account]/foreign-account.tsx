import { ContinueAs } from '#app/sign-in/continue-as.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { signedInHere } from '#lib/console/session.ts'

/** An address in an account that the session is not of; perhaps somebody of it is signed in on this browser. */
export async function ForeignAccount({ account, own }: { account: string; own: string }) {
  const there = (await signedInHere()).filter(({ principal }) => principal.account === account)
  return (
    <>
      <PageHeader title="Another account" />
      <div className="max-w-prose space-y-3 text-body">
        <p>
          This address is in account <code className="text-mono">{account}</code>. You’re signed in to{' '}
          <code className="text-mono">{own}</code>.
        </p>
        {there.length > 0 && <ContinueAs sessions={there} />}
        <p className="text-text2">
          Its people can give you access to a key by the key’s policy. You then use the key by its ARN, from
          your own account.
        </p>
        <p className="flex flex-wrap gap-3">
          <LinkButton href={paths.home()} variant="primary">
            Open {own}
          </LinkButton>
          <LinkButton href={paths.signIn()}>Switch identity</LinkButton>
        </p>
      </div>
    </>
  )
}

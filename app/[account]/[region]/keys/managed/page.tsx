import type { Metadata } from 'next'
import { ForeignAccount } from '#app/[account]/foreign-account.tsx'
import { Denied } from '#components/denied.tsx'
import { PageHeader, Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { ErrorState } from '#components/states.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { count } from '#lib/console/format.ts'
import { isDenied } from '#lib/console/messages.ts'
import { requireSession } from '#lib/console/session.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { MANAGED_SERVICES, managedAlias } from '#lib/domain/aws-managed.ts'
import { ManagedTable } from './managed-table.tsx'
import { NotYet } from './not-yet.tsx'

type Props = { params: Promise<{ account: string; region: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `AWS managed keys · ${(await params).region}` }
}

export default async function ManagedKeysPage({ params }: Props) {
  const session = await requireSession()
  const { account, region } = await params
  const own = session.principal.account
  if (account !== own) return <ForeignAccount account={account} own={own} />
  const scope = { account, region }
  const [{ output, refusal }, about] = await Promise.all([
    // There is one a service: a page holds them all.
    tryAsk('SearchKeys', { Manager: 'AWS', Limit: 200 }, { region }),
    tryAsk('Capabilities', {}, { region }),
  ])
  const keys = output?.Keys ?? []
  const made = new Set(keys.flatMap(({ aliases }) => aliases))
  const absent = MANAGED_SERVICES.filter((service) => !made.has(managedAlias(service)))
  return (
    <>
      <PageHeader
        crumbs={[{ label: region }, { label: 'AWS managed keys' }]}
        title="AWS managed keys"
        fact={output && `${count(keys.length, 'key')} in ${region}`}
        actions={
          <ShowAsCode
            snippets={snippetsFor([{ name: 'DescribeKey', input: { KeyId: 'alias/aws/s3' } }], {
              endpoint: about.output?.Endpoint ?? '',
              region,
            })}
          />
        }
      />
      <Hint className="mb-3">Services create and rotate these. You can view their policies.</Hint>
      {refusal ? (
        isDenied(refusal) ? (
          <Denied size="page" refusal={refusal} what="You can’t list the keys of this account." />
        ) : (
          <ErrorState what="AWS managed keys couldn’t be loaded." refusal={refusal} />
        )
      ) : (
        <>
          {keys.length > 0 && <ManagedTable scope={scope} keys={keys} />}
          {absent.length > 0 && (
            <div className={keys.length > 0 ? 'mt-7' : undefined}>
              <Section title="Not created yet" fact={count(absent.length, 'alias', 'aliases')}>
                <NotYet scope={scope} services={absent} />
              </Section>
            </div>
          )}
        </>
      )}
    </>
  )
}

import { DeleteForm } from '#app/[account]/identities/_parts/delete-form.tsx'
import type { Hanging } from '#app/[account]/identities/_parts/delete-holder.ts'
import { type Holder, LIST_OF } from '#app/[account]/identities/_parts/holders.ts'
import { NamingsOf } from '#app/[account]/identities/_parts/namings.tsx'
import { PageHeader, Section } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import type { Scope } from '#lib/console/paths.ts'
import { crumbsOf } from './crumbs.ts'

type DeletePrincipalProps = { scope: Scope; holder: Holder; arn: string; hanging: Hanging }

/** Confirmation level 3 of a user or role: what names it, what becomes unmanageable, what goes with it. */
export async function DeletePrincipal({ scope, holder, arn, hanging }: DeletePrincipalProps) {
  const { output, refusal } = await tryAsk('ListNamings', { PrincipalArn: arn })
  const lost = (output?.Keys ?? []).filter(
    ({ InPolicy, OthersInControl }) => InPolicy && OthersInControl === 'nobody',
  )
  return (
    <>
      <PageHeader
        crumbs={crumbsOf(scope.account, LIST_OF[holder.kind], holder.name, 'Delete')}
        title={`Delete ${holder.kind} ${holder.name}`}
      />
      <div className="max-w-form">
        <Section title={`What names ${holder.name}`}>
          {refusal ? (
            <ErrorState what={`What names ${holder.name} can’t be read.`} refusal={refusal} />
          ) : (
            <NamingsOf account={scope.account} name={holder.name} namings={output} />
          )}
        </Section>
        <Section title="Delete">
          <DeleteForm scope={scope} holder={holder} hanging={hanging} unmanageable={lost.length} />
        </Section>
      </div>
    </>
  )
}

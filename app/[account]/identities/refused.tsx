import { Denied } from '#components/denied.tsx'
import { type Crumb, PageHeader } from '#components/page-header.tsx'
import { ErrorState } from '#components/states.tsx'
import { isDenied, type RefusalView } from '#lib/console/messages.ts'

type RefusedProps = { crumbs: readonly Crumb[]; title: string; what: string; refusal: RefusalView }

/** A page of identities that could not be read, or may not be. */
export function Refused({ crumbs, title, what, refusal }: RefusedProps) {
  return (
    <>
      <PageHeader crumbs={crumbs} title={title} />
      {isDenied(refusal) ? (
        <Denied size="page" refusal={refusal} what={what} />
      ) : (
        <ErrorState what={what} refusal={refusal} />
      )}
    </>
  )
}

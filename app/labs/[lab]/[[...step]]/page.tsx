import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { SignedFrame } from '#app/_frame/signed-frame.tsx'
import { SeparationLab } from '#components/labs/separation-lab.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { findLab } from '#lib/console/lab.ts'
import { LABS, paths } from '#lib/console/paths.ts'
import { readScope, SCOPE_COOKIE } from '#lib/console/scope.ts'
import { requireSession, signedInHere } from '#lib/console/session.ts'

type Props = { params: Promise<{ lab: string; step?: string[] }> }

export const metadata: Metadata = { title: 'Separation of duties · Labs' }

/** The step that the address names; the page itself without one. */
function stepOf(segments: readonly string[] | undefined): number | undefined {
  const [segment, more] = segments ?? []
  if (segment === undefined) return undefined
  const number = Number(segment)
  if (more !== undefined || !Number.isInteger(number) || number < 1 || number > 10) notFound()
  return number
}

export default async function LabPage({ params }: Props) {
  const session = await requireSession()
  const { lab: name, step } = await params
  if (!LABS.some((lab) => lab === name)) notFound()
  const number = stepOf(step)
  const lab = await findLab()
  if (!lab) redirect(paths.labs())
  const here = (await signedInHere()).filter(({ principal }) => principal.account === lab.account)
  const names = new Set(here.map(({ principal }) => principal.name))
  const last = readScope((await cookies()).get(SCOPE_COOKIE)?.value)?.region
  const region = last && lab.regions.includes(last) ? last : (lab.regions[0] ?? '')
  const ours = session.principal.account === lab.account
  return (
    <SignedFrame session={session}>
      <PageHeader
        crumbs={[
          { label: 'Try it' },
          { label: 'Labs', href: paths.labs() },
          { label: 'Separation of duties' },
        ]}
        title="Separation of duties"
        fact={`You act as ${session.principal.name}`}
      />
      <SeparationLab
        place={{ account: lab.account, region }}
        people={lab.people.map((person) => ({ ...person, signedIn: names.has(person.name) }))}
        self={ours ? session.principal.name : undefined}
        administrator={lab.administrator}
        step={number}
      />
    </SignedFrame>
  )
}

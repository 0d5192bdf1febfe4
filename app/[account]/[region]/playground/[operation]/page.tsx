import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { Decrypt } from '#components/playground/decrypt.tsx'
import { Encrypt } from '#components/playground/encrypt.tsx'
import { KEYS_OF_PICKER } from '#components/playground/picked-keys.ts'
import { TabLinks } from '#components/ui/tabs.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { PLAYGROUND_OPERATIONS, paths } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'
import { decrypt, encrypt } from '../actions.ts'

type Props = {
  params: Promise<{ account: string; region: string; operation: string }>
  searchParams: Promise<{ key?: string | string[] }>
}

const NAMES = { encrypt: 'Encrypt', decrypt: 'Decrypt' } as const

const operationIn = (name: string) => PLAYGROUND_OPERATIONS.find((operation) => operation === name)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { operation, region } = await params
  const known = operationIn(operation)
  return { title: `${known ? NAMES[known] : 'Playground'} · Playground · ${region}` }
}

export default async function PlaygroundPage({ params, searchParams }: Props) {
  const { regions } = await requireSession()
  const { operation: name, ...scope } = await params
  const operation = operationIn(name)
  if (!operation || !regions.includes(scope.region)) notFound()
  const { key } = await searchParams
  const { output } = await tryAsk('Capabilities', {}, { region: scope.region })
  const asked = { scope, endpoint: output?.Endpoint ?? '', named: typeof key === 'string' ? key : '' }
  return (
    <>
      <PageHeader
        crumbs={[{ label: scope.region }, { label: 'Try it' }]}
        title="Playground"
        fact="Real calls, made as you"
      />
      <TabLinks
        label="Operations"
        className="mb-4"
        tabs={PLAYGROUND_OPERATIONS.map((one) => ({
          label: NAMES[one],
          href: paths.playground(scope, one, asked.named ? { key: asked.named } : {}),
        }))}
      />
      <Prefetch
        account={scope.account}
        region={scope.region}
        reads={[{ name: 'SearchKeys', input: KEYS_OF_PICKER }]}
      >
        {operation === 'encrypt' ? (
          <Encrypt {...asked} run={encrypt} />
        ) : (
          <Decrypt {...asked} run={decrypt} />
        )}
      </Prefetch>
    </>
  )
}

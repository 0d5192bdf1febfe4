import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Prefetch } from '#app/_frame/prefetch.tsx'
import { PageHeader } from '#components/page-header.tsx'
import { OperationBench } from '#components/playground/operation-bench.tsx'
import { OperationNav } from '#components/playground/operation-nav.tsx'
import { BENCHES, keysOf } from '#components/playground/played.ts'
import { PLAYGROUND_OPERATIONS } from '#lib/console/paths.ts'
import { requireSession } from '#lib/console/session.ts'

type Props = {
  params: Promise<{ account: string; region: string; operation: string }>
  searchParams: Promise<{ key?: string | string[] }>
}

const operationIn = (name: string) => PLAYGROUND_OPERATIONS.find((operation) => operation === name)

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { operation, region } = await params
  const known = operationIn(operation)
  return { title: `${known ? BENCHES[known].label : 'Playground'} · Playground · ${region}` }
}

export default async function PlaygroundPage({ params, searchParams }: Props) {
  const { regions } = await requireSession()
  const { operation: name, account, region } = await params
  const operation = operationIn(name)
  if (!operation || !regions.includes(region)) notFound()
  const { key } = await searchParams
  const needsKey = BENCHES[operation].usage !== undefined
  return (
    <>
      <PageHeader
        crumbs={[{ label: region }, { label: 'Try it' }, { label: BENCHES[operation].label }]}
        title="Playground"
        fact="Real calls, made as you"
      />
      <div className="lg:flex lg:gap-8">
        <OperationNav current={operation} />
        <div className="min-w-0 flex-1">
          <Prefetch
            account={account}
            region={region}
            reads={needsKey ? [{ name: 'SearchKeys', input: keysOf(operation) }] : []}
          >
            <OperationBench operation={operation} named={typeof key === 'string' ? key : ''} />
          </Prefetch>
        </div>
      </div>
    </>
  )
}

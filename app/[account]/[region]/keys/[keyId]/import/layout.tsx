import type { ReactNode } from 'react'
import { FlowShell } from '#components/import-material/flow-shell.tsx'
import { materialKind } from '#components/keys/material-kind.ts'
import { PageHeader } from '#components/page-header.tsx'
import { EmptyState } from '#components/states.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { paths } from '#lib/console/paths.ts'
import { readMaterials } from '../(tabs)/material/read-materials.ts'
import { type KeyProps, loadKey } from '../key.ts'
import { NoKey } from '../no-key.tsx'
import { getParameters, importMaterial } from './actions.ts'

/** Stays while one goes from step to step: the wrapping key and the token live in it. */
export default async function ImportLayout({ params, children }: KeyProps & { children: ReactNode }) {
  const loaded = await loadKey(params)
  if (!loaded.key) return <NoKey place={loaded} refusal={loaded.refusal} />
  const { scope, key, reference, name } = loaded
  const kind = materialKind(key)
  if (key.Origin !== 'EXTERNAL')
    return (
      <>
        <PageHeader
          crumbs={[
            { label: scope.region },
            { label: 'Keys', href: paths.keys(scope) },
            { label: name, href: paths.key(scope, key.KeyId) },
            { label: 'Import' },
          ]}
          title="Import key material"
        />
        <EmptyState
          actions={
            <LinkButton href={paths.newKey(scope, 'configure', { preset: 'external' })}>
              Create key with origin External
            </LinkButton>
          }
        >
          <p>
            The material of {name} was made here. Only keys that were created with origin External take
            material from outside, and the origin of a key never changes.
          </p>
        </EmptyState>
      </>
    )
  const [read, clock, about] = await Promise.all([
    kind === 'imported' ? readMaterials(loaded) : undefined,
    tryAsk('ShowClock', {}, { region: scope.region }),
    tryAsk('Capabilities', {}, { region: scope.region }),
  ])
  return (
    <FlowShell
      setting={{
        scope,
        reference,
        name,
        described: key,
        materials: read?.materials,
        partition: about.output?.Partition ?? 'aws',
        endpoint: about.output?.Endpoint ?? '',
        // Whoever may not ask for the installation's clock sees the console's.
        engineNow: clock.output?.Now ?? Date.now() / 1000,
        calls: { getParameters, importMaterial },
      }}
    >
      {children}
    </FlowShell>
  )
}

import { Denied } from '#components/denied.tsx'
import { PublicKeyPanel } from '#components/keys/public-key.tsx'
import { Section } from '#components/page-header.tsx'
import { ShowAsCode } from '#components/show-as-code.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'
import { endpointOf, type KeyProps, loadKey, titleOf } from '../../key.ts'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Public key', params)

export default async function PublicKeyPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference } = loaded
  if (!isAsymmetric(key.KeySpec)) {
    return (
      <EmptyState>
        <p>A {key.KeySpec} key has no public half: its material never leaves Keyhouse.</p>
      </EmptyState>
    )
  }
  const request = { name: 'GetPublicKey', input: { KeyId: reference } } as const
  const [{ output, refusal }, endpoint] = await Promise.all([
    tryAsk(request.name, request.input, { region: scope.region }),
    endpointOf(scope.region),
  ])
  if (refusal) {
    if (isDenied(refusal)) return <Denied refusal={refusal} what="You can’t read this key’s public key." />
    return <ErrorState what="The public key couldn’t be read." refusal={refusal} />
  }
  return (
    <Section
      title="Public key"
      actions={<ShowAsCode snippets={snippetsFor([request], { endpoint, region: scope.region })} />}
    >
      <PublicKeyPanel
        keyId={key.KeyId}
        spec={key.KeySpec}
        usage={key.KeyUsage}
        publicKey={output.PublicKey}
      />
    </Section>
  )
}

import { Denied } from '#components/denied.tsx'
import { PublicKeyPanel } from '#components/keys/public-key.tsx'
import { Section } from '#components/page-header.tsx'
import { RequestCode } from '#components/request-code.tsx'
import { EmptyState, ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { isAsymmetric } from '#lib/domain/key-spec.ts'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'

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
  const { output, refusal } = await tryAsk(request.name, request.input, { region: scope.region })
  if (refusal) {
    if (isDenied(refusal)) return <Denied refusal={refusal} what="You can’t read this key’s public key." />
    return <ErrorState what="The public key couldn’t be read." refusal={refusal} />
  }
  return (
    <Section title="Public key">
      <PublicKeyPanel
        keyId={key.KeyId}
        spec={key.KeySpec}
        usage={key.KeyUsage}
        publicKey={output.PublicKey}
      />
      <div className="mt-5 max-w-form">
        <RequestCode scope={scope} requests={[request]} />
      </div>
    </Section>
  )
}

import { Denied } from '#components/denied.tsx'
import { KeyName } from '#components/key-name.tsx'
import { ErrorState } from '#components/states.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { isDenied } from '#lib/console/messages.ts'
import { type KeyProps, loadKey, titleOf } from '../../key.ts'
import { Tags } from './tags.tsx'

export const generateMetadata = ({ params }: KeyProps) => titleOf('Tags', params)

export default async function TagsPage({ params }: KeyProps) {
  const loaded = await loadKey(params)
  if (!loaded.key) return null
  const { scope, key, reference, name, aliases } = loaded
  const { output, refusal } = await tryAsk(
    'ListResourceTags',
    { KeyId: reference, Limit: 50 },
    { region: scope.region },
  )
  if (!refusal)
    return (
      <Tags
        scope={scope}
        target={{ reference, name, arn: key.Arn, state: key.KeyState }}
        tags={output.Tags}
      />
    )
  if (!isDenied(refusal)) return <ErrorState what="Tags couldn’t be loaded." refusal={refusal} />
  const resource = <KeyName keyId={key.KeyId} alias={aliases[0]?.AliasName} className="align-bottom" />
  return <Denied refusal={refusal} what="You can’t view this key’s tags." resource={resource} />
}

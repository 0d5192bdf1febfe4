'use client'

import { useRouter } from 'next/navigation'
import { pemOf } from '#components/keys/offline-use.ts'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { formatMoment, toDate } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { fromBase64 } from '#lib/domain/constraints.ts'
import { Countdown, useExpired } from './countdown.tsx'
import { useFlow } from './flow-context.tsx'
import type { Parameters } from './flow-storage.ts'
import { commandsFor, FILES, readmeText } from './import-guide.ts'
import { LearnerWrap } from './learner-wrap-panel.tsx'
import { requirement } from './material-words.ts'
import { NewParameters } from './new-parameters.tsx'
import { save } from './save-file.ts'
import { zipOf } from './zip.ts'

/** Step 2: the files, until when they work, and the commands that use them. */
export function DownloadStep() {
  const { setting, stored } = useFlow()
  const { parameters } = stored
  const expired = useExpired()
  if (!parameters)
    return (
      <div className="space-y-3">
        <Hint>
          This tab has no wrapping key and token of this key. They stay in the tab that asked for them; if you
          have downloaded them, go on with Upload.
        </Hint>
        <LinkButton
          variant="primary"
          size="form"
          href={paths.importMaterial(setting.scope, setting.described.KeyId)}
        >
          Choose wrapping
        </LinkButton>
      </div>
    )
  if (expired)
    return (
      <NewParameters wrapping={parameters} why="The import token has expired: it was good for 24 hours." />
    )
  return <Files parameters={parameters} />
}

function Files({ parameters }: { parameters: Parameters }) {
  const router = useRouter()
  const { scope, described, partition } = useFlow().setting
  const { KeySpec: spec, Arn: arn, KeyId } = described
  const validTo = formatMoment(toDate(parameters.validTo))
  const binary = 'application/octet-stream'
  const text = (words: string) => new TextEncoder().encode(words)
  const readme = readmeText({ arn, spec, partition, wrapping: parameters, validTo })
  const files = [
    {
      label: 'public key (DER)',
      name: FILES.publicKey,
      bytes: fromBase64(parameters.publicKey) ?? text(''),
      type: binary,
    },
    {
      label: 'public key (PEM)',
      name: FILES.publicKeyPem,
      bytes: text(pemOf(parameters.publicKey)),
      type: 'application/x-pem-file',
    },
    {
      label: 'import token',
      name: FILES.token,
      bytes: fromBase64(parameters.token) ?? text(''),
      type: binary,
    },
    { label: 'README.txt', name: FILES.readme, bytes: text(readme), type: 'text/plain;charset=utf-8' },
  ]
  const next = paths.importMaterial(scope, KeyId, 'upload')
  return (
    <>
      <Section title="Files" fact={<Countdown />}>
        <Facts
          columns={2}
          className="mb-3"
          facts={[
            { term: 'Wrapping', value: `${parameters.algorithm}, ${parameters.keySpec}` },
            { term: 'Your material must be', value: requirement(spec, partition) },
          ]}
        />
        <p className="flex flex-wrap gap-2">
          <Button onClick={() => save(FILES.archive, zipOf(files), 'application/zip')}>
            Download all as one ZIP
          </Button>
          {files.map(({ label, name, bytes, type }) => (
            <Button key={label} onClick={() => save(name, bytes, type)}>
              Download {label}
            </Button>
          ))}
        </p>
        <Hint className="mt-2">
          Key and token belong together. They are kept in this tab only: download both before you close it.
        </Hint>
      </Section>
      <Section title="Not encrypted yet?">
        <div className="space-y-3">
          {commandsFor(spec, partition, parameters).map(({ title, code }) => (
            <div key={title}>
              <h3 className="mb-1 text-table font-medium">{title}</h3>
              <CodeBlock code={code} label={title} />
            </div>
          ))}
          <Hint>
            Run them where the downloads are. {FILES.wrapped} is what you upload; keep {FILES.plaintext} safe
            and out of here.
          </Hint>
        </div>
      </Section>
      <LearnerWrap parameters={parameters} onMade={() => router.push(next)} />
      <LinkButton variant="primary" size="form" href={next}>
        Next: upload
      </LinkButton>
    </>
  )
}

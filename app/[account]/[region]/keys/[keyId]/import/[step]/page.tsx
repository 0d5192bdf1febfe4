import { notFound } from 'next/navigation'
import { DoneStep } from '#components/import-material/done-step.tsx'
import { DownloadStep } from '#components/import-material/download-step.tsx'
import { UploadStep } from '#components/import-material/upload-step.tsx'
import { WrapStep } from '#components/import-material/wrap-step.tsx'
import { IMPORT_STEPS } from '#lib/console/paths.ts'
import { type KeyParams, loadKey, newestEvent, titleOf } from '../../key.ts'

type Props = { params: Promise<KeyParams & { step: string }> }

export const generateMetadata = ({ params }: Props) => titleOf('Import key material', params)

export default async function ImportStepPage({ params }: Props) {
  const { step: asked } = await params
  const step = IMPORT_STEPS.find((known) => known === asked)
  if (!step) notFound()
  if (step === 'wrap') return <WrapStep />
  if (step === 'download') return <DownloadStep />
  if (step === 'upload') return <UploadStep />
  const { key, scope, foreign } = await loadKey(params)
  const event =
    key && !foreign
      ? await newestEvent(scope.region, key.KeyId, 'event:ImportKeyMaterial outcome:ok')
      : undefined
  return <DoneStep eventId={event?.id} />
}

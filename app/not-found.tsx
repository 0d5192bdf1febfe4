import { LinkButton } from '#components/ui/link-button.tsx'
import { paths } from '#lib/console/paths.ts'
import { PlainPage } from './_frame/plain.tsx'

export const metadata = { title: 'No such page' }

export default function NotFound() {
  return (
    <PlainPage>
      <h1 className="text-page">No page has this address</h1>
      <p className="mt-2 text-body text-text2">Check it for a missing part, or begin at the keys.</p>
      <LinkButton href={paths.home()} variant="primary" size="form" className="mt-4">
        Open Keyhouse
      </LinkButton>
    </PlainPage>
  )
}

import Link from 'next/link'
import { PageHeader } from '#components/page-header.tsx'
import { paths } from '#lib/console/paths.ts'

type Props = { account: string; region: string; regions: readonly string[] }

/** A Region that this account does not have: the list of those it has, not a 404. */
export function UnknownRegion({ account, region, regions }: Props) {
  return (
    <>
      <PageHeader title="This account has no such Region" />
      <div className="max-w-prose text-body">
        <p>
          <code className="break-all text-mono">{decodeURIComponent(region)}</code> isn’t a Region of account{' '}
          <code className="text-mono">{account}</code>. Keys live in one Region; nothing of yours is in this
          one.
        </p>
        <h2 className="mt-5 border-b border-line pb-1 text-section">Its Regions</h2>
        <ul>
          {regions.map((name) => (
            <li key={name} className="border-b border-line">
              <Link
                href={paths.keys({ account, region: name })}
                className="flex min-h-[34px] items-center font-medium text-ink hover:underline"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

import type { Crumb } from '#components/page-header.tsx'
import { paths } from '#lib/console/paths.ts'
import type { PolicyPlace } from './policy-place.ts'

/** Where a page of a key's policy stands. */
export const policyCrumbs = ({ scope, keyId, name }: PolicyPlace, ...below: string[]): readonly Crumb[] => [
  { label: scope.region },
  { label: 'Keys', href: paths.keys(scope) },
  { label: name, href: paths.key(scope, keyId) },
  { label: 'Key policy', href: paths.key(scope, keyId, 'policy') },
  ...below.map((label) => ({ label })),
]

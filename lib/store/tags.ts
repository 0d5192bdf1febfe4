/** Tag rows of keys. */
import type { Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

const whereKey = (place: KeyPlace) => ({ accountId: place.account, region: place.region, keyId: place.id })

/** Sets tags; one that is there gets the new value. */
export async function putTags(
  transaction: Transaction,
  place: KeyPlace,
  tags: readonly { key: string; value: string }[],
): Promise<void> {
  await deleteTags(
    transaction,
    place,
    tags.map((tag) => tag.key),
  )
  await transaction.prisma.keyTag.createMany({
    data: tags.map((tag) => ({ ...whereKey(place), tagKey: tag.key, tagValue: tag.value })),
  })
}

export async function deleteTags(
  transaction: Transaction,
  place: KeyPlace,
  keys: readonly string[],
): Promise<void> {
  await transaction.prisma.keyTag.deleteMany({ where: { ...whereKey(place), tagKey: { in: [...keys] } } })
}

/** Material rows: sealed bytes of a key, one row for each material it ever had. */
import type { Sql, Transaction } from './database.ts'
import type { KeyPlace } from './keys.ts'

export type MaterialState =
  | 'CURRENT'
  | 'NON_CURRENT'
  | 'PENDING_ROTATION'
  | 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'

export type ExpirationModel = 'KEY_MATERIAL_EXPIRES' | 'KEY_MATERIAL_DOES_NOT_EXPIRE'

export type MaterialRow = {
  readonly id: string
  /** Null while imported bytes are not here. */
  readonly sealed: Uint8Array | null
  readonly checkValue: Uint8Array | null
  readonly state: MaterialState
  readonly rotationType: 'AUTOMATIC' | 'ON_DEMAND' | null
  readonly rotatedAt: Date | null
  readonly createdAt: Date
  /** Null for material that was made here. */
  readonly importState: 'IMPORTED' | 'PENDING_IMPORT' | null
  readonly description: string | null
  readonly expirationModel: ExpirationModel | null
  readonly validTo: Date | null
}

/** Materials of key k as JSON, oldest first. */
export const MATERIALS_OF_KEY = `(SELECT coalesce(json_agg(json_build_object('id', m.id, 'sealed', encode(m.sealed, 'hex'),
     'checkValue', encode(m.check_value, 'hex'), 'state', m.state, 'rotationType', m.rotation_type,
     'rotatedAt', m.rotated_at, 'createdAt', m.created_at, 'importState', m.import_state,
     'description', m.description, 'expirationModel', m.expiration_model, 'validTo', m.valid_to)
     ORDER BY m.created_at, m.id), '[]')
   FROM keyhouse.key_material m WHERE (m.account_id, m.region, m.key_id) = (k.account_id, k.region, k.id))`

/** What MATERIALS_OF_KEY gives. */
export type MaterialJson = Pick<
  MaterialRow,
  'id' | 'state' | 'rotationType' | 'importState' | 'description' | 'expirationModel'
> & {
  readonly sealed: string | null
  readonly checkValue: string | null
  readonly rotatedAt: string | null
  readonly createdAt: string
  readonly validTo: string | null
}

const bytes = (hex: string | null) => (hex === null ? null : Buffer.from(hex, 'hex'))
const date = (text: string | null) => (text === null ? null : new Date(text))

export const materialOf = (json: MaterialJson): MaterialRow => ({
  ...json,
  sealed: bytes(json.sealed),
  checkValue: bytes(json.checkValue),
  rotatedAt: date(json.rotatedAt),
  createdAt: new Date(json.createdAt),
  validTo: date(json.validTo),
})

export type NewMaterial = {
  readonly id: string
  readonly sealed: Uint8Array | null
  readonly checkValue: Uint8Array | null
  readonly at: Date
  /** CURRENT unless said otherwise. */
  readonly state?: MaterialState
  readonly rotationType?: 'AUTOMATIC' | 'ON_DEMAND' | null
  /** When an automatic rotation was due: unique, so that two sweeps make one material. */
  readonly dueAt?: Date | null
  readonly importState?: 'IMPORTED' | 'PENDING_IMPORT' | null
  readonly description?: string | null
  readonly expirationModel?: ExpirationModel | null
  readonly validTo?: Date | null
}

const ofKey = (place: KeyPlace) => ({ accountId: place.account, region: place.region, keyId: place.id })
const copy = (given: Uint8Array | null) => given && new Uint8Array(given)

/** Adds a material. One that is CURRENT takes the place of the one before, which stays readable. */
export async function insertMaterial(
  transaction: Transaction,
  place: KeyPlace,
  material: NewMaterial,
): Promise<void> {
  const { state = 'CURRENT', rotationType = null, at } = material
  if (state === 'CURRENT') await supersedeCurrent(transaction, place)
  await transaction.prisma.keyMaterial.create({
    data: {
      ...ofKey(place),
      id: material.id,
      sealed: copy(material.sealed),
      checkValue: copy(material.checkValue),
      state,
      rotationType,
      rotatedAt: rotationType === null ? null : at,
      dueAt: material.dueAt ?? null,
      createdAt: at,
      importState: material.importState ?? null,
      description: material.description ?? null,
      expirationModel: material.expirationModel ?? null,
      validTo: material.validTo ?? null,
    },
  })
}

async function supersedeCurrent(transaction: Transaction, place: KeyPlace): Promise<void> {
  await transaction.prisma.keyMaterial.updateMany({
    where: { ...ofKey(place), state: 'CURRENT' },
    data: { state: 'NON_CURRENT' },
  })
}

export type MaterialChanges = Partial<
  Pick<
    MaterialRow,
    | 'sealed'
    | 'checkValue'
    | 'state'
    | 'rotationType'
    | 'rotatedAt'
    | 'importState'
    | 'description'
    | 'expirationModel'
    | 'validTo'
  >
>

/** Changes one material. Making it CURRENT retires the one before. */
export async function changeMaterial(
  transaction: Transaction,
  place: KeyPlace,
  id: string,
  { sealed, checkValue, ...rest }: MaterialChanges,
): Promise<void> {
  if (rest.state === 'CURRENT') await supersedeCurrent(transaction, place)
  await transaction.prisma.keyMaterial.updateMany({
    where: { ...ofKey(place), id },
    data: {
      ...rest,
      ...(sealed !== undefined && { sealed: copy(sealed) }),
      ...(checkValue !== undefined && { checkValue: copy(checkValue) }),
    },
  })
}

/** Removes a material for good: only one that never became current. */
export async function removeMaterial(transaction: Transaction, place: KeyPlace, id: string): Promise<void> {
  await transaction.prisma.keyMaterial.deleteMany({ where: { ...ofKey(place), id } })
}

/** The bytes that are not here: an imported material that was deleted or has expired. */
export const GONE = {
  sealed: null,
  checkValue: null,
  importState: 'PENDING_IMPORT',
  expirationModel: null,
  validTo: null,
} as const satisfies MaterialChanges

/** Imported materials whose date has come by the installation's clock. */
export async function dueToExpire(
  sql: Sql,
  limit: number,
): Promise<(KeyPlace & { readonly materialId: string })[]> {
  return sql(
    `SELECT account_id AS account, region, key_id AS id, id AS "materialId" FROM keyhouse.key_material
     WHERE valid_to <= keyhouse.now() ORDER BY valid_to LIMIT $1`,
    [limit],
  )
}

/**
 * Prisma's own schema engine, as WebAssembly, over a plain pg connection: says how a live database differs from
 * schema.prisma. It downloads nothing and changes nothing.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const INTERNAL_CHAR = 18
const CHARACTER = 1042

let loaded = false

/** Loads the module the way a bundler would, once: Node does not import WebAssembly by itself. */
function loadEngine(): void {
  if (loaded) return
  loaded = true
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'))
  const module = new WebAssembly.Module(readFileSync(join(folder, 'schema_engine_bg.wasm')))
  // The generated bindings are what the module imports under this name.
  const imports = { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports }
  const { exports } = new WebAssembly.Instance(module, imports)
  Reflect.apply(Reflect.get(bindings, '__wbg_set_wasm'), undefined, [exports])
  const start = exports.__wbindgen_start
  if (typeof start === 'function') start()
}

/**
 * A pool that answers as the engine can read: it has no "char", and stumbles over the kinds of constraint that Prisma
 * does not know anyway (CHECK, and NOT NULL as Postgres 18 lists it).
 */
function readablePool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 2 })
  pool.on('connect', (client) => void client.on('error', () => {}))
  const query = pool.query.bind(pool)
  const readable = async (...args: unknown[]) => {
    const result: pg.QueryResult = await Reflect.apply(query, undefined, args)
    for (const field of result.fields) if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = CHARACTER
    if (result.fields.some((field) => field.name === 'constraint_type')) result.rows = []
    return result
  }
  return Object.assign(pool, { query: readable })
}

/** The SQL that would make the database what the schema says; undefined where it is that already. */
export async function schemaDrift(databaseUrl: string, schema: string): Promise<string | undefined> {
  loadEngine()
  const pool = readablePool(databaseUrl)
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
    const options = { datamodels: [['schema.prisma', schema]] as [string, string][] }
    const engine = await bindings.SchemaEngine.new(options, () => {}, adapter)
    const files = [{ path: 'schema.prisma', content: schema }]
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: '.' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    })
    return exitCode === 0 ? undefined : (stdout ?? '')
  } finally {
    await pool.end()
  }
}

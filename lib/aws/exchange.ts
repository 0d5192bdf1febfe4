/**
 * One request and its answer. In this order: headers, target, body, signature, JSON, the door.
 * A stranger's body is hashed and never parsed: the signature comes before the syntax.
 */
import { sha256 } from '#lib/crypto/digest.ts'
import { uuidv4 } from '#lib/crypto/random.ts'
import type { Caller } from '#lib/domain/caller.ts'
import { asRefusal, FAULT, KmsError } from '#lib/domain/refusal.ts'
import type { AnyOperation } from '#lib/engine/operation.ts'
import { wipe } from '#lib/engine/wipe.ts'
import { authenticate, report } from './authenticate.ts'
import { type Arriving, bodyLimits, ConnectionLost, readBody } from './body.ts'
import { channelOf, plainAddress } from './channel.ts'
import type { Log } from './door.ts'
import { encodeJson } from './encode.ts'
import { type Answer, JSON_TYPE, refusalAnswer, XML_TYPE } from './errors.ts'
import { readJsonInput } from './json.ts'
import { readQuery } from './query.ts'
import type { Edge, Progress, Received } from './received.ts'
import { type RequestHeaders, readHeaders } from './request-headers.ts'
import { send, sendAndCut } from './respond.ts'
import { parseTarget, queryDialect } from './services.ts'
import { admitHolder } from './token-holder.ts'
import { xmlResult } from './xml.ts'

/** Answers one request. Never rejects. */
export async function exchange(edge: Edge, arriving: Arriving): Promise<void> {
  const { request, response } = arriving
  const progress: Progress = {
    requestId: uuidv4(),
    address: plainAddress(request.socket.remoteAddress),
    dialect: undefined,
    operation: undefined,
  }
  if (edge.closing()) response.shouldKeepAlive = false
  try {
    send(response, await answer(edge, arriving, progress), progress.requestId)
  } catch (thrown) {
    if (thrown instanceof ConnectionLost || response.headersSent) return void request.socket.destroy()
    const refusal = asRefusal(thrown)
    logFault(edge.log, refusal, progress)
    const words = refusalAnswer(refusal, progress.dialect, progress.requestId)
    if (refusal.code === 'RequestEntityTooLargeException') sendAndCut(arriving, words, progress.requestId)
    else send(response, words, progress.requestId)
  }
}

const unknownOperation = (message = '') => new KmsError('UnknownOperationException', message)

async function answer(edge: Edge, arriving: Arriving, progress: Progress): Promise<Answer> {
  const { method, url, rawHeaders } = arriving.request
  if (method === 'GET') {
    const health = await edge.health.answer(url ?? '')
    if (health) return health
  }
  if (method !== 'POST' || url !== '/') throw unknownOperation()
  const headers = readHeaders(rawHeaders)
  const target = headers.values.get('x-amz-target')
  if (target === undefined && isForm(headers)) return answerQuery(edge, { arriving, headers, progress })
  return answerJson(edge, { arriving, headers, progress })
}

const isForm = ({ values }: RequestHeaders) =>
  values.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true

async function answerJson(edge: Edge, received: Received): Promise<Answer> {
  const { arriving, headers, progress } = received
  const target = parseTarget(headers.values.get('x-amz-target') ?? '')
  if (!target) throw unknownOperation()
  progress.dialect = target.dialect
  progress.operation = target.operation
  const operation = edge.door.operation(target.dialect.service, target.operation)
  if (!operation) throw unknownOperation()
  const limits = bodyLimits(operation)
  const body = await readBody(arriving, limits.bytes)
  const bodyHash = sha256(body)
  const who = await authenticate(edge, received, { dialect: target.dialect, bodyHash })
  const input = readInput(edge, received, () => readJsonInput(body, limits.tokens))
  const output = await invoke(edge, received, { operation, input, who, bodyHash })
  const encoded = encodeJson(output)
  // The text is all that is still needed: plaintext bytes do not wait for the garbage collector (R29).
  wipe(output)
  return { status: 200, contentType: JSON_TYPE, body: encoded }
}

async function answerQuery(edge: Edge, received: Received): Promise<Answer> {
  const { arriving, headers, progress } = received
  const dialect = queryDialect(headers.values.get('authorization'))
  progress.dialect = dialect
  const body = await readBody(arriving, bodyLimits(undefined).bytes)
  const bodyHash = sha256(body)
  const admitted = await admitHolder(edge, received, body)
  const who = admitted?.holder ?? (await authenticate(edge, received, { dialect, bodyHash }))
  const { action, version, input } = admitted?.form ?? readInput(edge, received, () => readQuery(body))
  progress.operation = action
  const operation = version === dialect.version ? edge.door.operation(dialect.service, action) : undefined
  if (!operation) {
    const wanted = `${action.slice(0, 64)} for version ${version.slice(0, 16)}`
    throw unknownOperation(`Could not find operation ${wanted}`)
  }
  const output = await invoke(edge, received, { operation, input, who, bodyHash })
  const result = { namespace: dialect.namespace, operation: operation.name, output }
  return { status: 200, contentType: XML_TYPE, body: xmlResult(result, progress.requestId) }
}

/** A body that cannot be read never reaches the door, which records what does: so it is reported here. */
function readInput<T>(edge: Edge, received: Received, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    const refusal = asRefusal(thrown)
    if (FAULT[refusal.code] === 'caller') report(edge, received, refusal)
    throw refusal
  }
}

type Invocation = {
  readonly operation: AnyOperation
  readonly input: unknown
  readonly who: Omit<Caller, 'channel'>
  readonly bodyHash: Buffer
}

async function invoke(edge: Edge, received: Received, call: Invocation): Promise<unknown> {
  const { bodyHash, operation, input, who } = call
  const channel = channelOf(received, { bodyHash, vpcEndpoint: edge.vpcEndpoint })
  const { output } = await edge.door.invoke({ ...who, channel }, operation, input)
  return output
}

function logFault(log: Log, refusal: KmsError, progress: Progress): void {
  if (FAULT[refusal.code] === 'caller') return
  const { requestId, operation } = progress
  const fields = {
    requestId,
    service: progress.dialect?.service,
    operation,
    code: refusal.code,
    detail: refusal.detail,
  }
  log.error(fields, 'a request failed for a reason of ours')
}

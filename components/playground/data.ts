/** Data as it was given: typed in an encoding, or a file of this browser. Kept in memory only. */
import { type Encoding, printBytes, readBytes } from './bytes.ts'

export type DataEncoding = Encoding | 'file'

export type Data = {
  readonly text: string
  readonly encoding: DataEncoding
  /** `bytes` once they were read: a file that is too large for the operation is left where it is. */
  readonly file?: { readonly source: File; readonly bytes?: Uint8Array<ArrayBuffer> }
}

export const noData = (encoding: DataEncoding): Data => ({ text: '', encoding })
/** Bytes of an answer, as a field takes them. */
export const wireData = (base64: string | undefined, encoding: DataEncoding = 'base64'): Data =>
  base64 === undefined ? noData(encoding) : { text: base64, encoding: 'base64' }

export type Limits = {
  /** Bytes that the operation takes at most, or exactly. */
  readonly most: number
  readonly exactly?: boolean
  /** What to say of more. */
  readonly tooMany: (bytes: number) => string
}

export type ReadData = {
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly fault?: string
  readonly size?: number
  /** That the one thing wrong with it is its size. */
  readonly over?: boolean
}

function rawOf({ text, encoding, file }: Data): ReadData {
  if (encoding !== 'file') {
    const read = readBytes(text, encoding)
    return read.bytes ? { bytes: read.bytes, size: read.bytes.length } : { fault: read.fault }
  }
  if (!file) return { bytes: new Uint8Array(), size: 0 }
  return { ...(file.bytes && { bytes: file.bytes }), size: file.source.size }
}

/** What is wrong with the data, or its bytes. */
export function readData(data: Data, limits: Limits): ReadData {
  const read = rawOf(data)
  if (read.fault !== undefined || read.size === undefined) return read
  if (read.size > limits.most) return { fault: limits.tooMany(read.size), size: read.size, over: true }
  if (limits.exactly && read.size > 0 && read.size < limits.most)
    return { fault: limits.tooMany(read.size), size: read.size }
  return read
}

/** All bytes, whatever the size. Undefined for text that is not of its encoding. */
export async function allBytes(data: Data): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { bytes } = rawOf(data)
  if (bytes) return bytes
  return data.file ? new Uint8Array(await data.file.source.arrayBuffer()) : undefined
}

/** The data as it was typed, if it still has these bytes; else the bytes. */
export const asTyped = (data: Data, bytes: Uint8Array | undefined, sent: string): Data =>
  bytes && printBytes(bytes, 'base64') === sent ? data : wireData(sent)

import { crc32, deflateRawSync } from 'node:zlib'

interface Entry {
  name: string
  data: string | Uint8Array
  /** What the archive says of it, where that is a lie. */
  claimed?: number
  /** General purpose flags: 1 for encrypted. */
  flags?: number
  method?: number
}

/** A ZIP archive as any program would pack it, or as one with bad intentions would. */
export function zip(entries: Entry[]): Uint8Array<ArrayBuffer> {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data, claimed, flags = 0, method = 8 } of entries) {
    const plain = Buffer.from(data)
    const packed = method === 8 ? deflateRawSync(plain, { level: 9 }) : plain
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(crc32(plain), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? plain.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name)])
    // After what both headers have in common: comment, disk and attributes, all 0, then where the entry begins.
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, Buffer.from(name)]))
    local.push(header, packed)
    offset += header.length + packed.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...local, directory, end]))
}

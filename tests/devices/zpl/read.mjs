// SPDX-License-Identifier: GPL-3.0-or-later
// read.mjs FOLDER: puts each NAME-DPI.zpl of a folder on paper (zpl-renderer-js) and reads it (zxing-wasm); a line a code:
// NAME-DPI.zpl FORMAT "TEXT", control characters and foreign letters by name. The papers stay beside as PNG.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(join(process.cwd(), 'package.json'))
const reader = dirname(dirname(dirname(require.resolve('zxing-wasm/reader'))))
const { ready } = require('zpl-renderer-js')
const { prepareZXingModule, readBarcodes } = await import(pathToFileURL(join(reader, 'es/reader/index.js')))

prepareZXingModule({
  overrides: { wasmBinary: readFileSync(join(reader, 'reader/zxing_reader.wasm')).buffer }
})

const names = { 0x1d: 'GS', 0x1e: 'RS', 0x04: 'EOT' }
const shown = text => [...text].map(letter => {
  const code = letter.codePointAt(0)
  return code in names ? `<${names[code]}>` : code > 0x7e ? `<U+${code.toString(16).toUpperCase()}>` : letter
}).join('')

const formats = { EAN13: 'EAN-13', EAN8: 'EAN-8', UPCA: 'UPC-A', UPCE: 'UPC-E', DataBarOmni: 'DataBar', DataBarExp: 'DataBarExpanded' }

const folder = process.argv[2]
const { api } = await ready
for (const name of readdirSync(folder).filter(file => file.endsWith('.zpl')).sort()) {
  const zpl = readFileSync(join(folder, name), 'utf8')
  const dots = { 203: 8, 300: 12, 600: 24 }[/-(\d+)\.zpl$/.exec(name)[1]]
  const [, width, height] = /\^PW(\d+)\^LL(\d+)/.exec(zpl)
  try {
    const png = Buffer.from(await api.zplToBase64Async(zpl, width / dots, height / dots, dots), 'base64')
    writeFileSync(join(folder, name.replace(/\.zpl$/, '-zpl.png')), png)
    for (const code of await readBarcodes(new Uint8Array(png), { tryHarder: true, maxNumberOfSymbols: 255, textMode: 'Plain' }))
      console.log(`${name} ${formats[code.format] ?? code.format} "${shown(code.text)}"`)
  } catch (error) {
    console.log(`${name} cannot be put on paper: ${error}`)
  }
}
process.exit(0)

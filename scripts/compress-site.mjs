#!/usr/bin/env node
// Puts a brotli copy next to every file that gains by it:  scripts/compress-site FOLDER
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const folder = process.argv[2];
const gains = /\.(wasm|js|css|svg|json|webmanifest|txt)$/;

for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !gains.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const original = readFileSync(path);
  const compressed = brotliCompressSync(original, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: original.length },
  });
  if (compressed.length < original.length) writeFileSync(`${path}.br`, compressed);
}

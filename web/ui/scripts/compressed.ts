import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const text = /\.(js|css|svg|json|txt|md)$/;

/** Writes a brotli and a gzip copy beside every text file, so that the program never compresses while it serves. */
export function compressed(): Plugin {
  let dir = "";
  return {
    name: "erp-compressed",
    apply: "build",
    configResolved(config) {
      dir = resolve(config.root, config.build.outDir);
    },
    async writeBundle() {
      const files = await readdir(dir, { recursive: true, withFileTypes: true });
      await Promise.all(
        files
          .filter(file => file.isFile() && text.test(file.name))
          .map(async file => {
            const path = join(file.parentPath, file.name);
            const raw = await readFile(path);
            if (raw.length < 512) return;
            const br = await promisify(brotliCompress)(raw, {
              params: {
                [constants.BROTLI_PARAM_QUALITY]: 11,
                [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
              },
            });
            await writeFile(`${path}.br`, br);
            await writeFile(`${path}.gz`, await promisify(gzip)(raw, { level: 9 }));
          }),
      );
    },
  };
}

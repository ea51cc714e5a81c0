import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { Plugin } from "vite";

const route = /path:\s*"([^"]+)"[^{}]*?import\("([^"]+)"\)/g;

/**
 * Writes dist/routes.json: for each route of the application the files its page needs, so that the server can name
 * them in the HTML and the browser fetches them together with the entry instead of after it.
 */
export function routePreloads(): Plugin {
  let root = "";
  return {
    name: "erp-route-preloads",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(part => part.type === "chunk");
      const entry = chunks.find(chunk => chunk.isEntry);
      const closure = (file: string, into: Set<string>) => {
        if (into.has(file) || file === entry?.fileName) return into;
        into.add(file);
        const chunk = chunks.find(one => one.fileName === file);
        for (const next of chunk?.imports ?? []) closure(next, into);
        for (const css of chunk?.viteMetadata?.importedCss ?? []) into.add(css);
        return into;
      };
      const known = closure("", new Set<string>());
      for (const name of entry?.imports ?? []) closure(name, known);
      for (const css of entry?.viteMetadata?.importedCss ?? []) known.add(css);
      const found: Record<string, string[]> = {};
      for (const source of await sources(root)) {
        const text = await readFile(source, "utf8").catch(() => "");
        for (const [, path, page] of text.matchAll(route)) {
          const target = resolvePage(root, source, page ?? "");
          const chunk = chunks.find(one => one.facadeModuleId?.replace(/\.tsx?$/, "") === target);
          if (path && chunk)
            found[path] = [...closure(chunk.fileName, new Set())].filter(file => !known.has(file));
        }
      }
      this.emitFile({ type: "asset", fileName: "routes.json", source: JSON.stringify(found) });
    },
  };
}

async function sources(root: string): Promise<string[]> {
  const modules = join(root, "src/modules");
  const names = await readdir(modules).catch(() => []);
  return [
    ...names.filter(name => !name.includes(".")).map(name => join(modules, name, "index.ts")),
    join(root, "src/app/routes.ts"),
  ];
}

function resolvePage(root: string, source: string, page: string): string {
  const path = page.startsWith("@/") ? join(root, "src", page.slice(2)) : resolve(dirname(source), page);
  return join(root, relative(root, path)).replace(/\.tsx?$/, "");
}

import type { Plugin } from "vite";

/** Preloads the one font file that every page needs, so that text does not shift when it arrives. */
export function fontPreload(): Plugin {
  return {
    name: "erp-font-preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_html, context) {
        const font = Object.keys(context.bundle ?? {}).find(name =>
          /inter-latin-wght-normal.*\.woff2$/.test(name),
        );
        if (!font) return [];
        const attrs = { rel: "preload", href: `/${font}`, as: "font", type: "font/woff2", crossorigin: "" };
        return [{ tag: "link", attrs, injectTo: "head-prepend" as const }];
      },
    },
  };
}

// What Biome cannot say: who may import whom, colours only in tokens.css, no words in TSX, complete languages.
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const src = resolve(dirname(fileURLToPath(import.meta.url)), "../src");
const problems = [];
const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath, entry.name));

for (const file of files) {
  const name = relative(src, file);
  const text = readFileSync(file, "utf8");
  if (/\.tsx?$/.test(file) && !/\.(test|d)\.tsx?$/.test(file)) {
    imports(name, text);
    if (name.startsWith("modules/") || name.startsWith("app/")) words(name, text);
  }
  if (/\.(css|tsx?)$/.test(file) && basename(file) !== "tokens.css" && !/schema\.d\.ts$/.test(file))
    colours(name, text);
}
languages();

for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`${problems.length} rule(s) broken`);
  process.exit(1);
}

function imports(name, text) {
  const own = name.startsWith("modules/") ? name.split("/")[1] : undefined;
  for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
    if (/(^|\/)ui(\/index)?$|\/index(\.ts)?$/.test(target))
      problems.push(`${name}: import the file, not the folder: ${target}`);
    if (target.startsWith("@mantine/") && !name.startsWith("ui/"))
      problems.push(`${name}: only src/ui imports the kit: ${target}`);
    const path = target.startsWith("@/")
      ? target.slice(2)
      : target.startsWith(".")
        ? join(dirname(name), target)
        : "";
    if (path === "") continue;
    if (own !== undefined) {
      const inside = path.startsWith(`modules/${own}/`);
      const shared = path.startsWith("ui/") || path.startsWith("lib/");
      const theirs = /^modules\/[^/]+\/public(\.tsx?)?$/.test(path);
      if (!inside && !shared && !theirs) problems.push(`${name}: a module may not import ${target}`);
    }
    if (name.startsWith("ui/") && !path.startsWith("ui/") && !path.startsWith("lib/"))
      problems.push(`${name}: ui may not import ${target}`);
    if (name.startsWith("lib/") && !path.startsWith("lib/") && !/^ui\/(Icon|fields\/Select)/.test(path))
      problems.push(`${name}: lib may not import ${target}`);
  }
}

function colours(name, text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  for (const [found] of code.matchAll(
    /(?<![\w&])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\b(?!")|\b(?:rgba?|hsla?|oklch)\(/g,
  )) {
    problems.push(`${name}: a colour outside tokens.css: ${found}`);
  }
}

function words(name, text) {
  const tree = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const spoken = new Set([
    "label",
    "title",
    "placeholder",
    "hint",
    "aria-label",
    "alt",
    "note",
    "subtitle",
    "heading",
    "confirm",
  ]);
  const letters = /\p{L}{2,}/u;
  const complain = (node, what) => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
    problems.push(`${name}:${line + 1}: words outside the language files: ${what.trim()}`);
  };
  const visit = node => {
    if (ts.isJsxText(node) && letters.test(node.text)) complain(node, node.text);
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText(tree)) && node.initializer) {
      const value = ts.isStringLiteral(node.initializer) ? node.initializer.text : "";
      if (letters.test(value)) complain(node, value);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

function languages() {
  const folders = new Set(
    files.filter(file => /locales[\\/](en|de)\.json$/.test(file)).map(file => dirname(file)),
  );
  for (const folder of folders) {
    const [en, de] = ["en", "de"].map(one =>
      keys(JSON.parse(readFileSync(join(folder, `${one}.json`), "utf8"))),
    );
    const name = relative(src, folder);
    for (const key of en) if (!de.has(key)) problems.push(`${name}: de.json lacks ${key}`);
    for (const key of de) if (!en.has(key)) problems.push(`${name}: en.json lacks ${key}`);
  }
}

function keys(tree, prefix = "", into = new Set()) {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "object") keys(value, `${prefix}${key}.`, into);
    else if (String(value).trim() === "") problems.push(`${prefix}${key} is empty`);
    else into.add(prefix + key);
  }
  return into;
}

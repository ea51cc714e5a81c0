// The sizes that the application holds, in gzipped KiB of the build in ../dist.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const dist = resolve(dirname(fileURLToPath(import.meta.url)), "../../dist");
const html = readFileSync(join(dist, "index.html"), "utf8");
const routes = JSON.parse(readFileSync(join(dist, "routes.json"), "utf8"));
const gz = name => gzipSync(readFileSync(join(dist, name))).length / 1024;
const sum = names => names.reduce((total, name) => total + gz(name), 0);

const entry = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(found => found[1]);
const css = [...html.matchAll(/href="\/(assets\/[^"]+\.css)"/g)].map(found => found[1]);
const all = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(one => one.isFile());
const whole = all
  .filter(one => !/\.(br|gz)$/.test(one.name))
  .reduce((total, one) => total + statSync(join(one.parentPath, one.name)).size, 0);

const checks = [
  ["entry JS", sum(entry), 210, "KiB gz"],
  ["entry CSS", sum(css), 30, "KiB gz"],
  ["files before a route", entry.length + css.length + 1, 12, "files"],
  ["dist", whole / 1024 / 1024, 4, "MB"],
  ...Object.entries(routes).map(([path, files]) => [`route ${path}`, sum(files), 60, "KiB gz"]),
];
let failed = false;
for (const [name, value, limit, unit] of checks) {
  const over = value > limit;
  failed ||= over;
  console.log(
    `${over ? "OVER" : "ok  "} ${name.padEnd(34)} ${value.toFixed(1).padStart(7)} of ${limit} ${unit}`,
  );
}
if (failed) process.exit(1);

// Shows the OpenAPI document of this server, and sends requests to it. It needs nothing from any other server.
"use strict";

const methods = ["get", "post", "put", "patch", "delete"];
let api;

/** Makes an element; text is always text, never markup. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return node;
}

function resolve(schema) {
  while (schema && schema.$ref) schema = api.components.schemas[schema.$ref.split("/").pop()];
  return schema || {};
}

/** The operations, sorted into their headings. */
function groups() {
  const out = new Map();
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of methods) {
      const op = item[method];
      if (!op) continue;
      const tag = (op.tags || ["Other"])[0];
      if (!out.has(tag)) out.set(tag, []);
      out.get(tag).push({ ...op, path, method });
    }
  }
  return [...out.entries()].sort(([a], [b]) => a.localeCompare(b));
}

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.split("/").pop();
  const s = resolve(schema);
  if (s.type === "array") return "list of " + typeOf(s.items || {});
  if (s.enum) return s.enum.map((v) => JSON.stringify(v)).join(" | ");
  const type = Array.isArray(s.type) ? s.type.join(" or ") : s.type || "anything";
  return s.format && s.format !== "int64" ? `${type} (${s.format})` : type;
}

function limits(schema) {
  const s = resolve(schema);
  const out = [];
  if (s.minLength) out.push(`at least ${s.minLength} characters`);
  if (s.maxLength) out.push(`at most ${s.maxLength} characters`);
  if (s.minimum !== undefined) out.push(`at least ${s.minimum}`);
  if (s.maximum !== undefined) out.push(`at most ${s.maximum}`);
  if (s.maxItems) out.push(`at most ${s.maxItems} entries`);
  if (s.patternDescription) out.push(s.patternDescription);
  if (s.default !== undefined) out.push(`default ${JSON.stringify(s.default)}`);
  return out.join(", ");
}

function row(name, schema, required, description) {
  const about = description || schema.description || resolve(schema).description || "";
  const cell = el("td", {}, el("span", { class: "type" }, typeOf(schema)), about ? el("div", {}, about) : "",
    limits(schema) ? el("div", { class: "hint" }, limits(schema)) : "");
  return el("tr", {}, el("td", {}, el("span", { class: required ? "required" : "" }, name)), cell);
}

/** The fields of a schema; nested ones unfold on demand, so that a schema may contain itself. */
function fields(schema) {
  let s = resolve(schema);
  while (s.type === "array") s = resolve(s.items);
  const box = el("div");
  if (!s.properties) {
    box.append(el("p", { class: "hint" }, typeOf(schema)));
    return box;
  }
  const table = el("table");
  for (const [name, property] of Object.entries(s.properties)) {
    table.append(row(name, property, (s.required || []).includes(name)));
    let inner = resolve(property);
    while (inner.type === "array") inner = resolve(inner.items);
    if (!inner.properties) continue;
    const nested = el("div", { class: "nested" });
    const unfold = el("details", { ontoggle: () => { if (!nested.hasChildNodes()) nested.append(fields(inner)); } },
      el("summary", {}, `fields of ${name}`), nested);
    table.append(el("tr", {}, el("td", {}), el("td", {}, unfold)));
  }
  box.append(table);
  return box;
}

/** A value that fits the schema, to begin with. */
function example(schema, depth = 0) {
  const s = resolve(schema);
  if (s.default !== undefined) return s.default;
  if (s.examples && s.examples.length) return s.examples[0];
  if (s.enum) return s.enum[0];
  if (depth > 4) return null;
  switch (s.type) {
    case "object": {
      const out = {};
      for (const name of s.required || []) out[name] = example(s.properties[name], depth + 1);
      return out;
    }
    case "array": return [example(s.items || {}, depth + 1)];
    case "integer": case "number": return s.minimum || 0;
    case "boolean": return false;
    default:
      if (s.format === "date") return "2026-11-25";
      if (s.format === "email") return "ada@example.com";
      if (s.format === "uuid") return "00000000-0000-7000-8000-000000000000";
      return "";
  }
}

function tryIt(op) {
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); send(op, form); } });
  for (const p of op.parameters || []) {
    if (p.in === "cookie") continue;
    const value = p.name === "Idempotency-Key" && crypto.randomUUID ? crypto.randomUUID() : "";
    form.append(el("label", {}, el("span", { class: p.required ? "required" : "" }, p.name),
      el("input", { name: `${p.in}:${p.name}`, value, autocomplete: "off" })));
  }
  const content = op.requestBody ? op.requestBody.content : null;
  if (content) {
    const type = Object.keys(content)[0];
    const text = type === "application/json" ? JSON.stringify(example(content[type].schema), null, 2) : "";
    const area = el("textarea", { name: "body", "data-type": type, "aria-label": "Body", spellcheck: "false" });
    area.value = text;
    form.append(area);
  }
  form.append(el("button", {}, "Send"));
  return form;
}

async function send(op, form) {
  const button = form.querySelector("button");
  form.querySelectorAll("pre, .answer").forEach((n) => n.remove());
  let path = op.path;
  const query = new URLSearchParams();
  const headers = {};
  for (const input of form.querySelectorAll("input")) {
    const [where, name] = input.name.split(/:(.*)/s);
    if (where === "path") path = path.replace(`{${name}}`, encodeURIComponent(input.value));
    else if (input.value && where === "query") query.set(name, input.value);
    else if (input.value && where === "header") headers[name] = input.value;
  }
  const body = form.querySelector("textarea");
  if (body) headers["Content-Type"] = body.dataset.type;
  button.disabled = true;
  try {
    const started = performance.now();
    const answer = await fetch(path + (query.size ? `?${query}` : ""), {
      method: op.method.toUpperCase(), headers, body: body ? body.value : undefined, credentials: "same-origin",
    });
    const took = Math.round(performance.now() - started);
    const type = answer.headers.get("Content-Type") || "";
    let text = /json|text|xml/.test(type) ? await answer.text() : `${(await answer.blob()).size} bytes of ${type || "nothing"}`;
    if (type.includes("json")) text = JSON.stringify(JSON.parse(text), null, 2);
    const tag = answer.headers.get("ETag");
    form.append(el("p", { class: "answer" }, `${answer.status} ${answer.statusText} in ${took} ms${tag ? `, ETag ${tag}` : ""}`));
    if (text) form.append(el("pre", {}, text));
  } catch (error) {
    form.append(el("p", { class: "answer" }, String(error)));
  } finally {
    button.disabled = false;
  }
}

function operation(op) {
  const section = el("section", { id: op.operationId });
  section.append(
    el("h3", {}, op.summary || op.operationId),
    el("div", { class: "line" }, el("span", { class: `method ${op.method}` }, op.method.toUpperCase()),
      el("span", { class: "path" }, op.path), el("span", { class: "permission" }, `needs ${op["x-permission"]}`)),
    op.description ? el("p", {}, op.description) : "",
  );
  if (op.parameters && op.parameters.length) {
    const table = el("table");
    for (const p of op.parameters) table.append(row(`${p.name} (${p.in})`, p.schema || {}, p.required, p.description));
    section.append(el("h4", {}, "Parameters"), table);
  }
  for (const [type, media] of Object.entries(op.requestBody ? op.requestBody.content : {})) {
    section.append(el("h4", {}, `Body (${type})`), fields(media.schema || {}));
  }
  for (const [status, response] of Object.entries(op.responses || {})) {
    if (status === "default") continue;
    section.append(el("h4", {}, `Answer ${status}`));
    const [type, media] = Object.entries(response.content || {})[0] || [];
    if (media && type.includes("json")) section.append(fields(media.schema || {}));
    else section.append(el("p", { class: "hint" }, type || "no body"));
  }
  const holder = el("div");
  section.append(el("details", { ontoggle: () => { if (!holder.hasChildNodes()) holder.append(tryIt(op)); } },
    el("summary", {}, "Try it"), holder));
  return section;
}

function intro() {
  const text = (api.info.description || "").replaceAll("**", "").replaceAll("\n  ", " ");
  return el("div", {}, el("h1", {}, api.info.title + " API"), el("p", { class: "intro" }, text));
}

/** Draws what matches the filter; only what is looked at costs anything. */
function draw(filter = "") {
  const nav = document.getElementById("nav");
  const main = document.getElementById("main");
  nav.replaceChildren();
  main.replaceChildren(intro());
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  for (const [tag, ops] of groups()) {
    const found = ops.filter((op) => {
      const text = `${op.method} ${op.path} ${op.summary} ${op.operationId} ${tag} ${op["x-permission"]}`.toLowerCase();
      return words.every((w) => text.includes(w));
    });
    if (!found.length) continue;
    nav.append(el("h2", {}, tag));
    main.append(el("h2", {}, tag));
    for (const op of found) {
      nav.append(el("a", { href: `#${op.operationId}`, title: op.path },
        el("span", { class: `method ${op.method}` }, op.method === "delete" ? "DEL" : op.method.toUpperCase()), op.summary || op.operationId));
      main.append(operation(op));
    }
  }
  if (!nav.hasChildNodes()) main.append(el("p", { class: "hint" }, "No operation matches."));
}

async function start() {
  const main = document.getElementById("main");
  try {
    const answer = await fetch("/api/openapi.json");
    if (!answer.ok) throw new Error(`the document was answered with ${answer.status}`);
    api = await answer.json();
  } catch (error) {
    main.replaceChildren(el("p", {}, `The document could not be loaded: ${error.message}. Reload to try again.`));
    return;
  }
  document.getElementById("version").textContent = api.info.version;
  document.title = `${api.info.title} API`;
  draw();
  const filter = document.getElementById("filter");
  filter.addEventListener("input", () => draw(filter.value));
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

start();

// Sends queries to this server and shows what can be asked. It needs nothing from any other server.
"use strict";

const examples = [
  ["Me, what I hold and what I made", `{
  me {
    displayName
    department
    manager { displayName }
    assets { tag name status }
    invoices { number customer gross currency }
  }
}`],
  ["Assets with their holders", `{
  assets(first: 10, status: ["assigned"]) {
    nodes {
      tag
      name
      cost
      currency
      holder { displayName department }
    }
    pageInfo { hasNextPage endCursor }
  }
}`],
  ["People found by a word, with assets and invoices", `query People($search: String!) {
  employees(search: $search, first: 5) {
    number
    displayName
    position
    assets(first: 5) { tag name dueOn }
    invoices(first: 5) { number status due currency }
  }
}`, { search: "an" }],
  ["The newest invoices and who made them", `{
  invoices(first: 10) {
    number
    status
    customer
    gross
    due
    currency
    owner { displayName email }
  }
}`],
  ["What is in stock, dearest first", `{
  assets(status: ["available"], sort: "-cost", first: 10) {
    nodes { tag name category location cost currency warrantyUntil }
  }
}`],
];

const at = (id) => document.getElementById(id);

/** Makes an element; text is always text, never markup. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  Object.assign(node, props);
  node.append(...children);
  return node;
}

function show(example) {
  const [, query, variables] = example;
  at("query").value = query;
  at("variables").value = variables ? JSON.stringify(variables, null, 2) : "";
}

function say(text, failed) {
  at("status").textContent = text;
  at("status").classList.toggle("failed", Boolean(failed));
}

/** What a refusal says, with every wrong place. */
function refusal(problem) {
  const places = (problem.errors || []).map((e) => `- ${e.location.replace("body.", "")}: ${e.message}`);
  return [problem.detail, ...places].join("\n");
}

async function run() {
  const body = { query: at("query").value };
  const given = at("variables").value.trim();
  if (given) {
    try {
      body.variables = JSON.parse(given);
    } catch (error) {
      say("Not sent", true);
      at("answer").textContent = `The variables are not JSON: ${error.message}`;
      return;
    }
  }
  const button = at("ask").querySelector("button");
  button.disabled = true;
  say("Running...");
  const started = performance.now();
  try {
    const answer = await fetch("/api/graphql", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), credentials: "same-origin",
    });
    const text = await answer.text();
    const took = Math.round(performance.now() - started);
    const said = JSON.parse(text);
    if (answer.ok) {
      const errors = (said.errors || []).length;
      say(`${took} ms, ${text.length.toLocaleString("en")} characters${errors ? `, ${errors} ${errors === 1 ? "error" : "errors"}` : ""}`, errors);
      at("answer").textContent = JSON.stringify(said, null, 2);
    } else {
      say(`Refused: ${answer.status}`, true);
      at("answer").textContent = refusal(said);
      if (answer.status === 401) at("answer").append("\n", el("a", { href: "/", textContent: "Sign in, then come back to this page." }));
    }
  } catch (error) {
    say("No answer", true);
    at("answer").textContent = `The server did not answer: ${error.message}`;
  } finally {
    button.disabled = false;
    at("status").scrollIntoView({ block: "nearest" });
  }
}

/** One type of the schema, to unfold; descriptions stand out by their colour. */
function definition(text) {
  const lines = text.trim().split("\n");
  const head = lines.findIndex((line) => line.startsWith("type "));
  const about = lines.slice(0, head).join(" ").replaceAll('"', "").trim();
  const body = el("pre");
  for (const line of lines.slice(head + 1, -1)) {
    const shown = line.slice(2);
    const note = shown.match(/^(\s*)"(.*)"$/);
    body.append(note ? el("span", { className: "about", textContent: `${note[1]}# ${note[2]}` }) : shown, "\n");
  }
  const name = lines[head].split(" ")[1];
  return el("details", { open: name === "Query" }, el("summary", { textContent: name }), about ? el("p", { textContent: about }) : "", body);
}

async function loadSchema() {
  const box = at("schema");
  try {
    const answer = await fetch("/api/graphql/schema", { credentials: "same-origin" });
    const said = await answer.json();
    if (!answer.ok) {
      box.replaceChildren(el("p", { className: "hint" }, said.detail, " ", el("a", { href: "/", textContent: "To the application" })));
      return;
    }
    box.replaceChildren(...said.schema.split(/\n}\n/).filter((part) => part.trim()).map((part) => definition(`${part}\n}`)));
  } catch (error) {
    box.replaceChildren(el("p", { className: "hint", textContent: `The schema did not arrive: ${error.message}` }));
  }
}

at("ask").addEventListener("submit", (event) => { event.preventDefault(); run(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
});
at("examples").append(...examples.map((example) =>
  el("button", { type: "button", textContent: example[0], onclick: () => { show(example); run(); } })));
show(examples[0]);
loadSchema();

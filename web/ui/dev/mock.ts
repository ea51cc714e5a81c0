import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";

/** A few answers to look at pages without the program: `npm run dev`. It never ships. */
export function mockApi(): Plugin {
  const state = { signedIn: true, needed: false };
  return {
    name: "erp-mock-api",
    apply: "serve",
    configureServer(server) {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
        const url = new URL(request.url ?? "/", "http://localhost");
        if (!url.pathname.startsWith("/api/")) return next();
        if (url.pathname === "/api/dev/state") {
          state.signedIn = url.searchParams.get("signedIn") !== "no";
          state.needed = url.searchParams.get("needed") === "yes";
          return send(response, 200, state);
        }
        const kind = /mock=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "full";
        const answer = answers(`${request.method} ${url.pathname}`, state, kind, url);
        setTimeout(() => send(response, answer[0], answer[1]), 60);
      });
    },
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json");
  response.setHeader("X-Request-Id", "01JD8K2V7Q");
  response.end(JSON.stringify(body));
}

function answers(
  call: string,
  state: { signedIn: boolean; needed: boolean },
  kind: string,
  url: URL,
): [number, unknown] {
  switch (call) {
    case "GET /api/v1/setup":
      return [
        200,
        {
          needed: state.needed,
          sample: true,
          currencies: ["CHF", "EUR", "GBP", "JPY", "USD"],
          languages: ["en", "de"],
        },
      ];
    case "POST /api/v1/setup":
      return [
        422,
        {
          status: 422,
          title: "Unprocessable Entity",
          detail: "Some fields are not right.",
          errors: [
            { location: "body.administrator.password", message: "is one of the most common passwords" },
          ],
        },
      ];
    case "POST /api/v1/session":
      state.signedIn = true;
      return [200, { user: { id: "1", name: "Ana Novak" } }];
    case "DELETE /api/v1/session":
      state.signedIn = false;
      return [200, {}];
    case "GET /api/v1/me":
      return state.signedIn ? [200, me(kind)] : [401, { status: 401, title: "Unauthorized" }];
    case "PUT /api/v1/me/preferences":
      return [200, {}];
    case "GET /api/v1/me/sessions":
      return [200, { items: sessions }];
    case "GET /api/ui/home":
      if (kind === "error") return [500, { status: 500, title: "Internal Server Error" }];
      return [200, kind === "empty" ? emptyHome : home()];
    case "GET /api/ui/search":
      return [200, search(url.searchParams.get("q") ?? "")];
    default:
      return [404, { status: 404, title: "Not Found", detail: "The mock does not know this." }];
  }
}

function me(kind: string) {
  const codes = [
    "employee:read",
    "employee:create",
    "asset:read",
    "asset:create",
    "invoice:read",
    "invoice:create",
  ];
  return {
    user: { id: "1", name: "Ana Novak", email: "ana@acme.example", roles: ["administrator"], version: 1 },
    roles: [{ code: "administrator", name: "Administrator" }],
    permissions: Object.fromEntries(codes.map(code => [code, kind === "employee" ? "none" : "all"])),
    preferences: {},
    company: {
      name: "Acme GmbH",
      country: "DE",
      currency: "EUR",
      language: "en",
      timeZone: "Europe/Berlin",
      hasLogo: false,
      version: 1,
    },
  };
}

const sessions = [
  {
    id: "1",
    ip: "127.0.0.1",
    agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0",
    createdAt: new Date().toISOString(),
    seenAt: new Date().toISOString(),
    expiresAt: "",
    current: true,
  },
  {
    id: "2",
    ip: "10.0.0.7",
    agent: "Mozilla/5.0 (iPhone; CPU) Mobile Safari/604.1",
    createdAt: new Date().toISOString(),
    seenAt: new Date(Date.now() - 7.2e6).toISOString(),
    expiresAt: "",
    current: false,
  },
];

function months(count: number): string[] {
  const now = new Date();
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(now.getFullYear(), now.getMonth() - count + 1 + index, 1)).toISOString().slice(0, 10),
  );
}

function home() {
  const net = [42, 49.8, 58, 43, 51, 58.5, 43.5, 51.5, 59.4, 44.3, 52.2, 60.1];
  const received = [36, 42.3, 48.5, 55, 40, 46.4, 52.6, 38, 44.2, 50.6, 56.8, 42];
  return {
    people: {
      headcount: 48,
      upcoming: 2,
      leaving: 1,
      months: months(13).map((month, index) => ({
        month,
        headcount: [38, 39, 39, 41, 42, 42, 43, 45, 45, 46, 47, 47, 48][index],
        joined: [1, 1, 0, 2, 1, 0, 1, 2, 1, 1, 1, 1, 1][index],
        left: index % 5 === 4 ? 1 : 0,
      })),
      departments: [{ departmentId: "1", department: "Engineering", headcount: 21 }],
    },
    assets: {
      assets: 412,
      statuses: [
        { status: "assigned", assets: 287 },
        { status: "available", assets: 92 },
        { status: "reserved", assets: 11 },
        { status: "in-repair", assets: 18 },
        { status: "lost", assets: 4 },
        { status: "retired", assets: 66 },
      ],
      categories: ["Laptops", "Monitors", "Phones", "Desks", "Headsets", "Vehicles"].map(
        (category, index) => ({
          categoryId: String(index),
          category,
          assets: 120 - index * 18,
          assigned: 96 - index * 17,
        }),
      ),
      costs: [{ currency: "EUR", cost: "384210.55" }],
      warrantyEnding: 7,
    },
    sales: {
      drafts: 3,
      currencies: [
        {
          currency: "EUR",
          months: months(24).map((month, index) => ({
            month,
            invoices: 9,
            net: ((net[index % 12] ?? 0) * 1000).toFixed(2),
            received: ((received[index % 12] ?? 0) * 1000).toFixed(2),
          })),
          open: "84210.55",
          openCount: 23,
          overdue: "21870.00",
          overdueCount: 6,
          ageing: [
            { band: "not-due", amount: "62340.55", count: 17 },
            { band: "1-30", amount: "12400.00", count: 3 },
            { band: "31-60", amount: "5870.00", count: 1 },
            { band: "61-90", amount: "2400.00", count: 1 },
            { band: "over-90", amount: "1200.00", count: 1 },
          ],
        },
      ],
    },
    myAssets: [
      { id: "a1", tag: "LT-0042", name: "MacBook Pro 14", status: "assigned" },
      { id: "a2", tag: "PH-0117", name: "iPhone 17", status: "assigned" },
    ],
    degraded: [],
  };
}

const emptyHome = {
  people: { headcount: 0, upcoming: 0, leaving: 0, months: [], departments: [] },
  assets: { assets: 0, statuses: [], categories: [], costs: [], warrantyEnding: 0 },
  sales: { drafts: 0, currencies: [] },
  myAssets: [],
  degraded: [],
};

function search(q: string) {
  const fits = (text: string) => text.toLowerCase().includes(q.toLowerCase());
  return {
    employees: ["Ana Novak", "Andreas Weber", "Farid Rahman"].filter(fits).map((displayName, index) => ({
      id: String(index),
      number: `E-${index}`,
      displayName,
      position: "Engineer",
      department: "R&D",
    })),
    assets: ["MacBook Pro 14", "Monitor Dell", "Macro lens"].filter(fits).map((name, index) => ({
      id: String(index),
      tag: `LT-00${index}`,
      name,
      status: "assigned",
      holderName: "Ana Novak",
    })),
    invoices: [],
    customers: ["Mactan Ltd", "Andersen AG"].filter(fits).map((name, index) => ({ id: String(index), name })),
    degraded: [],
  };
}

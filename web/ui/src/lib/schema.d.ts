/** Until `npm run generate` writes it from docs/openapi.json. */
interface Json<T> {
  content: { "application/json": T };
}
interface User {
  id: string;
  name: string;
  email: string;
  employeeId?: string;
  roles: string[];
  mustChangePassword?: boolean;
  version: number;
}
interface Preferences {
  language?: "en" | "de";
  theme?: "system" | "light" | "dark";
  density?: "compact" | "normal" | "comfortable";
  singleKeys?: "on" | "off";
  reduceMotion?: "on" | "off";
}
interface Asset {
  id: string;
  tag: string;
  name: string;
  status: string;
  holderName?: string;
  category?: string;
}
export interface paths {
  "/api/v1/session": {
    post: { requestBody: Json<{ email: string; password: string }>; responses: { 200: Json<{ user: User }> } };
    delete: { responses: { 204: { content?: never } } };
  };
  "/api/v1/setup": {
    get: { responses: { 200: Json<{ needed: boolean; sample: boolean; currencies: string[]; languages: string[] }> } };
    post: {
      requestBody: Json<{
        company: {
          name: string;
          country: string;
          currency: string;
          taxId?: string;
          timeZone?: string;
          language?: "en" | "de";
        };
        administrator: { name: string; email: string; password: string };
        sample?: boolean;
      }>;
      responses: { 201: Json<{ user: User }> };
    };
  };
  "/api/v1/me": {
    get: {
      responses: {
        200: Json<{
          user: User;
          roles: { code: string; name: string }[];
          permissions: { [code: string]: string };
          preferences: Preferences;
          company: {
            name: string;
            country: string;
            currency: string;
            language: string;
            timeZone: string;
            hasLogo: boolean;
            version: number;
          };
        }>;
      };
    };
  };
  "/api/v1/me/preferences": { put: { requestBody: Json<Preferences>; responses: { 200: Json<Preferences> } } };
  "/api/v1/me/password": {
    post: { requestBody: Json<{ current: string; new: string }>; responses: { 200: Json<User> } };
  };
  "/api/v1/me/sessions": {
    get: {
      responses: {
        200: Json<{
          items: {
            id: string;
            ip: string;
            agent: string;
            createdAt: string;
            seenAt: string;
            expiresAt: string;
            current: boolean;
          }[];
        }>;
      };
    };
    delete: { responses: { 204: { content?: never } } };
  };
  "/api/v1/me/sessions/{id}": {
    delete: { parameters: { path: { id: string } }; responses: { 204: { content?: never } } };
  };
  "/api/ui/home": {
    get: {
      responses: {
        200: Json<{
          people?: {
            headcount: number;
            upcoming: number;
            leaving: number;
            months: { month: string; headcount: number; joined: number; left: number }[];
            departments: { departmentId?: string; department?: string; headcount: number }[];
          };
          assets?: {
            assets: number;
            statuses: { status: string; assets: number }[];
            categories: { categoryId: string; category: string; assets: number; assigned: number }[];
            costs: { currency: string; cost: string }[];
            warrantyEnding: number;
          };
          sales?: {
            drafts: number;
            currencies: {
              currency: string;
              months: { month: string; invoices: number; net: string; received: string }[];
              open: string;
              openCount: number;
              overdue: string;
              overdueCount: number;
              ageing: { band: string; amount: string; count: number }[];
            }[];
          };
          myAssets: Asset[];
          degraded: string[];
        }>;
      };
    };
  };
  "/api/ui/search": {
    get: {
      parameters: { query: { q: string } };
      responses: {
        200: Json<{
          employees: { id: string; number: string; displayName: string; department?: string; position?: string }[];
          assets: Asset[];
          invoices: { id: string; number?: string; customerName?: string; status: string; total: string; currency: string }[];
          customers: { id: string; number?: string; name: string }[];
          degraded: string[];
        }>;
      };
    };
  };
}

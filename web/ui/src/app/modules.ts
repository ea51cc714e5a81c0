import type { UiModule } from "@/lib/commands.ts";

const found = import.meta.glob<{ default: UiModule }>("../modules/*/index.ts", { eager: true });

/** Every folder under src/modules with an index.ts is part of the application. */
export const modules: UiModule[] = Object.values(found).map(one => one.default);

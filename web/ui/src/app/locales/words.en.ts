export { default as ui } from "@/ui/locales/en.json";
export { default as app } from "./en.json";

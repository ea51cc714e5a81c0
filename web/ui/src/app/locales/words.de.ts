export { default as ui } from "@/ui/locales/de.json";
export { default as app } from "./de.json";

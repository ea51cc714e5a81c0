import { expect, type Locator, type Page } from "@playwright/test";

/** Counts what a person does: clicks and keys that do something, and things typed. Tab belongs to what is typed next. */
export class Effort {
  private acts = 0;
  private entries = 0;
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }
  async click(target: Locator): Promise<void> {
    this.acts += 1;
    await target.click();
  }
  async press(key: string): Promise<void> {
    this.acts += 1;
    await this.page.keyboard.press(key);
  }
  async type(text: string, next = false): Promise<void> {
    this.entries += 1;
    if (next) await this.page.keyboard.press("Tab");
    await this.page.keyboard.type(text);
  }
  /** The bounds of a task: acts and entries. */
  atMost(acts: number, entries: number): void {
    expect(this.acts, "clicks and keys").toBeLessThanOrEqual(acts);
    expect(this.entries, "things typed").toBeLessThanOrEqual(entries);
  }
}

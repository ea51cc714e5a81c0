/** The words of an option in the middle of a sentence. */
export function inSentence(words: string): string {
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}

export const methods = ["none", "straight-line", "declining-balance", "sum-of-years-digits"] as const;
export const conventions = ["full-month", "following-month", "mid-month", "actual-days"] as const;

/** What the state in the books looks like. */
export function bookTone(status: "draft" | "in-service" | "fully-depreciated" | "disposed") {
  const tones = {
    draft: "blue",
    "in-service": "green",
    "fully-depreciated": "amber",
    disposed: "neutral",
  } as const;
  return tones[status];
}
